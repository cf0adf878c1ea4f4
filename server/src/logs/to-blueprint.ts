import type { ContentBlock, PromptMessage } from '@pictor/api';
import { toInputMessages, toOutputBlocks } from './blueprint/own-items.ts';
import { tellPicture } from './blueprint/own-pictures.ts';
import { listReferences, toReference, withLinks } from './blueprint/picture-reference.ts';
import { toOutputMedia } from './blueprint/to-blocks.ts';
import { readTemplate } from './blueprint/told-template.ts';
import type { LogEntry } from './log-entry.ts';
import type { Sql } from './rows/log-queries.ts';
import { listOwnedImages, listOwnItems, listOwnPictures } from './rows/own-queries.ts';
import type { Wire } from './wire.ts';

/** What went in and came out, in one form for all providers. */
export type Blueprint = { readonly prompt_template: Wire; readonly metadata: Wire };

/** The blueprint of a log. `linkTo` gives an address that opens a picture without a key. */
export async function toBlueprint(
  sql: Sql,
  entry: LogEntry,
  linkTo: (imageId: string) => string,
): Promise<Blueprint> {
  const template = await readCall(sql, entry);
  const owned = await listOwnedImages(sql, entry.projectId, listReferences(template));
  // A reference to a picture of another project opens nothing.
  const linked = withLinks(template, (imageId) => (owned.has(imageId) ? linkTo(imageId) : ''));
  return {
    prompt_template: linked as Wire,
    metadata: {
      model: { provider: entry.provider, name: entry.model, parameters: entry.parameters },
    },
  };
}

async function readCall(sql: Sql, entry: LogEntry): Promise<Wire> {
  const { projectId, requestId, responseId } = entry;
  if (responseId !== null) {
    const made = await listOwnPictures(sql, projectId, { responseId });
    const [inputs, outputs] = [
      await listOwnItems(sql, projectId, responseId, 'input'),
      await listOwnItems(sql, projectId, responseId, 'output'),
    ];
    return toChat(toInputMessages(inputs), toOutputBlocks(outputs, made));
  }
  if (requestId !== null) {
    const made = await listOwnPictures(sql, projectId, { requestId });
    return toCompletion(
      made.map((picture) =>
        toOutputMedia({
          id: null,
          url: toReference(picture.id),
          mimeType: picture.mediaType,
          metadata: tellPicture(picture),
        }),
      ),
    );
  }
  const input = readTemplate(entry.input);
  const output = (entry.output ?? []) as readonly ContentBlock[];
  return input?.type === 'chat' ? toChat(input.messages, output) : toCompletion(output);
}

/** A completion is what came out. */
function toCompletion(content: readonly ContentBlock[]): Wire {
  return { type: 'completion', template_format: 'f-string', content, input_variables: [] };
}

/** What was said, and behind it one message with everything that came of it. */
function toChat(messages: readonly PromptMessage[], output: readonly ContentBlock[]): Wire {
  const answer = { role: 'assistant', content: output, input_variables: [], template_format: 'f-string' };
  return {
    type: 'chat',
    messages: [...messages, ...(output.length === 0 ? [] : [answer])],
    input_variables: [],
    functions: [],
    tools: null,
  };
}
