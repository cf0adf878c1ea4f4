import type { ModelRow, PriceRow } from '../models/index.ts';
import { dallERows } from './dall-e.ts';
import { geminiRows } from './gemini.ts';
import { gptImage1Rows } from './gpt-image-1.ts';
import { gptImage2Rows } from './gpt-image-2.ts';
import { gptImage25Rows } from './gpt-image-2-5.ts';
import { gptImage26Rows } from './gpt-image-2-6.ts';
import { googlePrices } from './prices/google.ts';
import { openAiPrices } from './prices/openai.ts';
import { openAiTextPrices } from './prices/openai-text.ts';
import { textModelRows } from './text-models.ts';

/** Every model that Pictor knows without its providers, newest image models first. */
export const builtInRows: readonly ModelRow[] = [
  ...gptImage26Rows,
  ...gptImage25Rows,
  ...gptImage2Rows,
  ...gptImage1Rows,
  ...dallERows,
  ...geminiRows,
  ...textModelRows,
];

/** Every price that Pictor knows without its providers. */
export const builtInPrices: readonly PriceRow[] = [...openAiPrices, ...openAiTextPrices, ...googlePrices];
