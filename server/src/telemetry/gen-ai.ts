import type { Attributes } from './instruments.ts';

/** What the GenAI conventions want to know of one call of an engine. */
export type GenAiCall = {
  /** Id of the provider that is called. */
  readonly provider: string;
  /** Catalogue id. */
  readonly model: string;
};

/** The conventions have words of their own for some services; any other is told by its own name. */
const providerNames: Readonly<Record<string, string>> = {
  azure: 'azure.ai.openai',
  gemini: 'gcp.gemini',
  vertex: 'gcp.vertex_ai',
};

/**
 * The conventions have no operation for pictures alone. `generate_content` is theirs for what may be words or pictures,
 * and the type of the output says which.
 */
const operation = 'generate_content';

/** Name of the span of a call. */
export function genAiSpanName({ model }: GenAiCall): string {
  return `${operation} ${model}`;
}

/** The attributes that spans and measurements of a call share. */
export function genAiAttributes({ provider, model }: GenAiCall): Attributes {
  return {
    'gen_ai.operation.name': operation,
    'gen_ai.provider.name': providerNames[provider] ?? provider,
    'gen_ai.request.model': model,
  };
}

/** A prompt as the conventions write it into a span. */
export function genAiInput(prompt: string): Attributes {
  const messages = [{ role: 'user', parts: [{ type: 'text', content: prompt }] }];
  return { 'gen_ai.input.messages': JSON.stringify(messages) };
}
