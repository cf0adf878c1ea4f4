import { z } from 'zod';
import { safetySettings } from '../kit/google/safety-settings.ts';
import { cellName, secretText } from '../kit/read-settings.ts';

/** One key of the Gemini API, as pictor.yaml has it under `providers.gemini`. */
const account = z.strictObject({
  name: cellName,
  api_key: secretText,
  base_url: z.string().optional().describe('Origin of the API, without a version.'),
  safety_settings: safetySettings.optional(),
  models: z
    .array(z.string())
    .optional()
    .describe('Ids of the models that this key serves; all of them when absent.'),
});

export const accounts = z.array(account).describe('Keys of the Gemini API.');

export type Account = z.infer<typeof account>;
