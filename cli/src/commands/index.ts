import type { Command } from '../command.ts';
import { checkProviders } from './check-providers.ts';
import { edit } from './edit.ts';
import { evaluate } from './evaluate.ts';
import { generate } from './generate.ts';
import { exportPrompts, importPrompts, listPrompts, runPrompt } from './prompts.ts';
import { searchRequests } from './requests.ts';
import { spend } from './spend.ts';

/** In the order of the help. */
export const commands: readonly Command[] = [
  generate,
  edit,
  listPrompts,
  runPrompt,
  exportPrompts,
  importPrompts,
  evaluate,
  searchRequests,
  spend,
  checkProviders,
];
