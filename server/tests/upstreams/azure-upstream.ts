// The wire as in "Azure OpenAI in Foundry Models, image generation" and "API version lifecycle" (learn.microsoft.com, read
// 2026-05-13 and later), and npm openai 7.55.0 of 2026-11-10, src/azure.ts. Where a request breaks its rules, it answers as
// Azure is documented or was publicly seen to.
import { type AzureSite, checkAzureRequest } from './azure-rules.ts';
import { openResponsesService } from './responses-service.ts';
import { jsonAnswer, type ServedUpstream, serveUpstream } from './serve-upstream.ts';
import { writeOpenAiAnswer } from './write-openai-answer.ts';

export const azureKey = '0123456789abcdef0123456789abcdef';

export type AzureUpstream = ServedUpstream & {
  /** The tokens that are let in; more can be pushed, and removed when they end. */
  readonly tokens: string[];
};

/** Sent with every answer, good or bad. */
const usualHeaders = {
  'apim-request-id': 'apim-0000-1',
  'x-ms-region': 'Sweden Central',
  'x-ratelimit-limit-requests': '5',
  'x-ratelimit-remaining-requests': '4',
};

/** Starts a resource on a free port of this machine. `deployments`: each name with its model. */
export async function openAzureUpstream(
  site: Partial<AzureSite> & Pick<AzureSite, 'deployments'>,
): Promise<AzureUpstream> {
  const tokens: string[] = [];
  const whole: AzureSite = { key: azureKey, tokens, listsDeployments: true, ...site };
  const responses = openResponsesService({ streams: false });
  const served = await serveUpstream(async (read, call, behaviour) => {
    const verdict = checkAzureRequest(read, whole);
    if (verdict.type === 'refused') return jsonAnswer(verdict.status, { error: verdict.error });
    if (verdict.type === 'list') return jsonAnswer(200, { object: 'list', data: verdict.data });
    if (verdict.type === 'led') return await responses.answer(verdict.body, call, behaviour);
    return await writeOpenAiAnswer(verdict.request, call, behaviour);
  }, usualHeaders);
  return { ...served, tokens };
}
