import { z } from 'zod';
import { cellName, secretText } from '../kit/read-settings.ts';

const model = z.union([
  z.string(),
  z.strictObject({
    id: z.string().min(1).describe("The service's name for the model."),
    painter: z
      .string()
      .optional()
      .describe('Image model behind the image_generation tool where a request names none.'),
    sees_pictures: z
      .boolean()
      .optional()
      .describe('Whether the model reads pictures; then it is shown what was painted. Default: false.'),
  }),
]);

/** One service with chat completions, as pictor.yaml has it under `providers.chat`. */
const service = z.strictObject({
  name: cellName,
  base_url: z.string().describe('Address of the API, with /v1 at its end.'),
  api_key: secretText.optional(),
  models: z.array(model).min(1).describe('Models with function calling, by the name that the service has.'),
});

export const services = z
  .array(service)
  .describe('Chat models that lead conversations of the Responses API: Ollama, vLLM, LocalAI and others.');

export type ServiceSettings = z.infer<typeof service>;

/** A model with everything decided. */
export type ChatModelSettings = {
  readonly id: string;
  readonly painter: string | undefined;
  readonly seesPictures: boolean;
};

export function readModel(settings: ServiceSettings['models'][number]): ChatModelSettings {
  if (typeof settings === 'string') return { id: settings, painter: undefined, seesPictures: false };
  return {
    id: settings.id,
    painter: settings.painter,
    seesPictures: settings.sees_pictures ?? false,
  };
}
