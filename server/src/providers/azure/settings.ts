import { z } from 'zod';
import { cellName, secretText } from '../kit/read-settings.ts';

const deployment = z.union([
  z.string().min(1).describe('Id of the model that is deployed, such as gpt-image-2.'),
  z.strictObject({
    model: z.string().min(1).describe('Id of the model that is deployed, such as gpt-image-2.'),
    streaming: z
      .boolean()
      .optional()
      .describe('Whether the deployment streams. Default: of an image model yes, of a text model no.'),
  }),
]);

const entra = z
  .strictObject({
    tenant_id: z.string().min(1).optional().describe('Tenant of the application.'),
    client_id: z
      .string()
      .min(1)
      .optional()
      .describe('The application, or the managed identity that the user assigned.'),
    client_secret: secretText.optional(),
    scope: z.string().min(1).optional().describe('Scope of the tokens; chosen by the address when absent.'),
    authority: z
      .string()
      .min(1)
      .optional()
      .describe('Address of the sign-in service; chosen by the cloud when absent.'),
  })
  .describe(
    'Tokens of Entra in place of a key: of an application where there is a client secret, else of the managed identity.',
  );

/** One resource at Azure, as pictor.yaml has it under `providers.azure`. */
const resource = z
  .strictObject({
    name: cellName,
    endpoint: z.string().min(1).describe('Any address that Azure shows for the resource.'),
    api_key: secretText.optional(),
    entra: entra.optional(),
    api_version: z
      .string()
      .regex(/^[\w.-]+$/, 'is a date such as 2025-04-01-preview, or preview')
      .optional()
      .describe('Version of the API; the v1 routes need none.'),
    deployments: z
      .record(z.string().min(1), deployment)
      .optional()
      .describe('Deployments by name. Absent: each is named like its model.'),
  })
  .refine((given) => (given.api_key === undefined) !== (given.entra === undefined), {
    error: 'needs either api_key or entra',
  });

export const resources = z.array(resource).describe('Resources at Azure OpenAI.');

export type ResourceSettings = z.infer<typeof resource>;
export type EntraSettings = z.infer<typeof entra>;
