import { z } from 'zod';
import { cellName, secretText } from '../kit/read-settings.ts';

/** One account at OpenAI, as pictor.yaml has it under `providers.openai`. */
const account = z.strictObject({
  name: cellName,
  api_key: secretText,
  base_url: z.string().optional().describe('Address of the API, with /v1 at its end.'),
  organization: z.string().optional().describe('Organisation that is billed.'),
  project: z.string().optional().describe('Project that is billed.'),
  models: z
    .array(z.string())
    .optional()
    .describe('Ids of the models that this account serves; all of them when absent.'),
});

export const accounts = z.array(account).describe('Accounts at OpenAI.');

export type Account = z.infer<typeof account>;
