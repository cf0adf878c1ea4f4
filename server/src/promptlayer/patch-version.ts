import { type PromptModel, type PromptTemplate, promptTemplate } from '@pictor/api';
import { PictorError } from '../foundation/index.ts';
import { readParameters } from '../http/index.ts';
import { spellParameters } from './spell-parameters.ts';
import { isWire, type Wire } from './wire.ts';

/** A version changed in parts: what the body does not name stays as it is in the version that it begins from. */
export function patchTemplate(template: PromptTemplate, body: Wire): PromptTemplate {
  const { messages, content, tools, tool_choice: toolChoice, response_format: format } = body;
  const changed = {
    ...template,
    ...(messages === undefined ? {} : { messages: patchMessages(template, messages) }),
    ...(content === undefined ? {} : { content }),
    ...(tools === undefined ? {} : { tools }),
    ...(toolChoice === undefined ? {} : { tool_choice: toolChoice }),
    ...(format === undefined ? {} : { response_format: format }),
  };
  return readParameters(promptTemplate, changed);
}

/** A whole list, or some messages by their index. */
function patchMessages(template: PromptTemplate, messages: unknown): unknown {
  if (!isWire(messages)) return messages;
  if (template.type !== 'chat') throw wrong('A completion has no messages: change its content.');
  const changed: unknown[] = [...template.messages];
  for (const [index, message] of Object.entries(messages)) {
    if (!/^\d{1,4}$/.test(index) || Number(index) >= changed.length) {
      throw wrong(`There is no message ${index.slice(0, 20)}: there are ${changed.length}, from 0.`);
    }
    changed[Number(index)] = message;
  }
  return changed;
}

export function patchModel(
  model: PromptModel | null,
  { model_parameters: parameters }: Wire,
): PromptModel | null {
  if (model === null || !isWire(parameters)) return model;
  return { ...model, parameters: { ...model.parameters, ...spellParameters(parameters) } };
}

function wrong(message: string): PictorError {
  return new PictorError({ code: 'invalid_value', message, param: 'messages' });
}
