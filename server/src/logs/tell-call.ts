import { createHash } from 'node:crypto';
import type { ContentBlock, PromptTemplate } from '@pictor/api';
import type { Caller } from '../access/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Files } from '../files/index.ts';
import type { Log } from '../foundation/index.ts';
import type { ImageCalls, StoredInput } from '../images/index.ts';
import { withoutBytes } from '../requests/index.ts';
import type { Outputs } from './blueprint/outputs.ts';
import { toReference, withReferences } from './blueprint/picture-reference.ts';
import { readMessages, readSettings } from './blueprint/read-inputs.ts';
import { readOutputs } from './blueprint/read-outputs.ts';
import { toBlocks } from './blueprint/to-blocks.ts';
import { readTemplate, wordsOf } from './blueprint/told-template.ts';
import type { ToldFacts } from './log-entry.ts';
import { priceCall } from './price-call.ts';
import { insertTold, type Sql, type ToldCall } from './rows/log-queries.ts';
import { insertToldImage } from './rows/own-queries.ts';
import { isWire, type Wire } from './wire.ts';

/** A call as a client tells of it. */
export type ClientCall = {
  readonly provider: string | null;
  readonly model: string | null;
  /** What went in: a template, or the body of the call. */
  readonly input: unknown;
  /** What came out: a template, or the provider's answer. */
  readonly output: unknown;
  readonly parameters: Wire;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly status: 'SUCCESS' | 'WARNING' | 'ERROR';
  /** As the client counted; null: it did not. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costNanoUsd: number | null;
  readonly facts: ToldFacts;
};

export type TellParts = {
  readonly database: { readonly sql: Sql };
  readonly catalogue: Catalogue;
  readonly images: Pick<ImageCalls, 'resolve'>;
  readonly files: Pick<Files, 'holdBytes'>;
  readonly log: Log;
};

/** Equal for the same call told twice: clients send again what they got no answer to. */
export function hashCall(caller: Caller, body: unknown): string {
  return createHash('sha256')
    .update(`${caller.keyId}\n${JSON.stringify(body)}`)
    .digest('hex');
}

/** Writes down a call that was made elsewhere: its pictures go to the store, its price comes from its answer. */
export async function tellCall(
  parts: TellParts,
  caller: Caller,
  callHash: string,
  call: ClientCall,
): Promise<string> {
  const sent = isWire(call.input) ? call.input : {};
  const settings = { ...readSettings(sent), ...call.parameters };
  const { outputs, template } = readAnswer(call, settings);
  const input = readTemplate(call.input) ?? toInput(sent, outputs.shape, template);
  const price = priceCall(parts.catalogue, {
    provider: call.provider,
    model: call.model ?? outputs.model,
    settings,
    outputs,
    startedAt: call.startedAt,
  });
  // From the storing of pictures to the rows that refer to them nothing may remove their bytes.
  return await parts.files.holdBytes(async () => {
    const brought: StoredInput[] = [];
    const keep = (base64: string) => keepPicture(parts, caller.projectId, base64, brought);
    const told: ToldCall = {
      callHash,
      provider: call.provider,
      model: call.model ?? outputs.model,
      parameters: withoutBytes(settings),
      input: withoutBytes(await withReferences(input, keep)),
      output: readList(withoutBytes(await withReferences(toBlocks(outputs.parts), keep))),
      inputText: wordsOf(input),
      outputText: outputs.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n'),
      status: call.status,
      inputTokens: call.inputTokens ?? price.inputTokens,
      outputTokens: call.outputTokens ?? price.outputTokens,
      costNanoUsd: call.costNanoUsd ?? price.costNanoUsd,
      priceRow: call.costNanoUsd === null ? price.priceRow : null,
      startedAt: call.startedAt,
      finishedAt: call.finishedAt,
    };
    return await parts.database.sql.transaction().execute(async (transaction) => {
      for (const image of brought) await insertToldImage(transaction, caller.projectId, image);
      return await insertTold(transaction, caller, told, call.facts);
    });
  });
}

/** What came out, from a template or from the provider's own answer. */
function readAnswer(call: ClientCall, settings: Wire): { outputs: Outputs; template: PromptTemplate | null } {
  const template = readTemplate(call.output);
  if (template === null) return { outputs: readOutputs(call.output, settings), template };
  const blocks =
    template.type === 'chat' ? template.messages.flatMap(({ content }) => content) : template.content;
  const usage = { input_tokens: call.inputTokens, output_tokens: call.outputTokens };
  const isCounted = call.inputTokens !== null && call.outputTokens !== null;
  return {
    template,
    outputs: {
      shape: template.type === 'chat' ? 'chat' : 'images',
      parts: blocks.flatMap(toPart),
      usage: isCounted ? usage : null,
      imageUsage: null,
      model: null,
      requestId: null,
      responseId: null,
    },
  };
}

function toPart(block: ContentBlock): Outputs['parts'] {
  if (block.type === 'text') return [{ type: 'text', text: block.text }];
  if (block.type !== 'output_media') return [];
  const isAddress = /^(https?:|\/)/i.test(block.url);
  return [
    {
      type: 'picture',
      id: block.id ?? null,
      from: isAddress ? { url: block.url } : { base64: block.url.replace(/^data:[^,]*,/i, '') },
      mimeType: block.mime_type ?? 'image/png',
      metadata: block.provider_metadata ?? {},
    },
  ];
}

function toInput(sent: Wire, shape: Outputs['shape'], answer: PromptTemplate | null): PromptTemplate {
  const messages = readMessages(sent);
  const isCompletion =
    answer === null ? shape === 'images' || typeof sent.prompt === 'string' : answer.type === 'completion';
  return isCompletion
    ? {
        type: 'completion',
        template_format: 'f-string',
        content: messages.flatMap(({ content }) => content),
        input_variables: [],
      }
    : { type: 'chat', messages, input_variables: [] };
}

/** A picture that cannot be read is left out: it was made and paid, and what is told of it still counts. */
async function keepPicture(
  parts: TellParts,
  projectId: string,
  base64: string,
  brought: StoredInput[],
): Promise<string | null> {
  try {
    const from = { type: 'data', text: base64 } as const;
    const picture = await parts.images.resolve({ param: 'output', from }, projectId);
    brought.push(picture);
    return toReference(picture.id);
  } catch (error) {
    parts.log.warn({ err: error }, 'a picture that a client told of cannot be read');
    return null;
  }
}

function readList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
