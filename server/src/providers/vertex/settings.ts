import { z } from 'zod';
import { safetySettings } from '../kit/google/safety-settings.ts';
import { cellName, secretText } from '../kit/read-settings.ts';

/** One project or express key of Vertex AI, as pictor.yaml has it under `providers.vertex`. */
const account = z.strictObject({
  name: cellName,
  api_key: secretText.optional().describe('A key of express mode, in place of project and credentials.'),
  credentials_file: z
    .string()
    .optional()
    .describe('Path of a JSON file with credentials, such as those of a service account.'),
  project: z.string().optional().describe('Project that is billed; the one of the credentials when absent.'),
  location: z.string().optional().describe('Region, us, eu or global; default global.'),
  base_url: z.string().optional().describe('Origin of the API, without a version.'),
  safety_settings: safetySettings.optional(),
  person_generation: z
    .enum(['ALLOW_ALL', 'ALLOW_ADULT', 'ALLOW_NONE'])
    .optional()
    .describe("Which people may be drawn; Google's default when absent."),
  models: z
    .array(z.string())
    .optional()
    .describe('Ids of the models that this project serves; all of them when absent.'),
});

export const accounts = z.array(account).describe('Projects of Vertex AI.');

export type Account = z.infer<typeof account>;
