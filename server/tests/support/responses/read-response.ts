import OpenAI from 'openai';

type Response = OpenAI.Responses.Response;
export type ImageCall = Extract<Response['output'][number], { type: 'image_generation_call' }>;

/** The first picture of a response. */
export function callOf(response: Pick<Response, 'output'>): ImageCall {
  const call = response.output.find((item) => item.type === 'image_generation_call');
  if (call === undefined) throw new Error('There is no call.');
  return call;
}

/** How a call of the official client was refused; null: it was not. */
export async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof OpenAI.APIError)) return error;
  return { status: error.status, code: error.code, param: error.param };
}
