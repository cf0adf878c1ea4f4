export const languages = [
  { id: 'pictor', label: '@pictor/sdk', packages: 'The package comes with this server.' },
  { id: 'openai', label: 'OpenAI', packages: 'npm install openai' },
  { id: 'openai-python', label: 'OpenAI Python', packages: 'pip install openai' },
  { id: 'promptlayer', label: 'PromptLayer', packages: 'npm install promptlayer openai' },
  { id: 'promptlayer-python', label: 'PromptLayer Python', packages: 'pip install promptlayer openai' },
  { id: 'curl', label: 'curl', packages: '' },
] as const;

type Language = (typeof languages)[number]['id'];

/** Which version a program asks for. */
export type CodeTarget =
  | { readonly kind: 'newest' }
  | { readonly kind: 'version'; readonly version: number }
  | { readonly kind: 'label'; readonly label: string };

type CodeFacts = {
  /** Of this server, without a slash at its end. */
  readonly address: string;
  readonly name: string;
  readonly type: 'completion' | 'chat';
  readonly target: CodeTarget;
  readonly variables: readonly string[];
};

/** A program that runs a prompt. Names and addresses are the real ones; values of variables are for people to fill in. */
export function writeCode(language: Language, facts: CodeFacts): string {
  return writers[language](facts).trim();
}

const writers: Readonly<Record<Language, (facts: CodeFacts) => string>> = {
  pictor: ({ address, name, target, variables }) => `
import { Pictor } from '@pictor/sdk';

const pictor = new Pictor({ baseUrl: ${quote(address)}, apiKey: process.env.PICTOR_KEY });

const run = await pictor.prompts.run(${quote(name)}, ${toJson({
    ...versionOrLabel(target),
    ...withVariables(variables),
  })});
console.log(run.request, run.prompt_blueprint);
`,
  openai: (facts) =>
    facts.type === 'completion'
      ? `
import { writeFile } from 'node:fs/promises';
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: ${quote(`${facts.address}/v1`)}, apiKey: process.env.PICTOR_KEY });

const answer = await client.images.generate({
  prompt_template: ${toJson(toReference(facts), 2)},
});
await writeFile('picture.png', Buffer.from(answer.data[0].b64_json, 'base64'));
`
      : `
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: ${quote(`${facts.address}/v1`)}, apiKey: process.env.PICTOR_KEY });

const response = await client.responses.create({
  prompt: ${toJson(toReference(facts), 2)},
});
console.log(response.output_text);
`,
  'openai-python': (facts) => `
import os
from openai import OpenAI

client = OpenAI(base_url=${quote(`${facts.address}/v1`)}, api_key=os.environ["PICTOR_KEY"])

${
  facts.type === 'completion'
    ? `answer = client.post(
    "/images/generations",
    body={"prompt_template": ${toJson(toReference(facts), 4)}},
    cast_to=object,
)
print(answer["data"][0]["b64_json"][:40])`
    : `response = client.responses.create(
    prompt=${toJson(toReference(facts), 4)},
)
print(response.output_text)`
}
`,
  promptlayer: ({ address, name, target, variables }) => `
import { createRequire } from 'node:module';

const { PromptLayer } = createRequire(import.meta.url)('promptlayer');
const pl = new PromptLayer({ apiKey: process.env.PICTOR_KEY, baseURL: ${quote(`${address}/promptlayer`)} });

const run = await pl.run(${toJson({
    promptName: name,
    ...(target.kind === 'version' ? { promptVersion: target.version } : {}),
    ...(target.kind === 'label' ? { promptReleaseLabel: target.label } : {}),
    ...(variables.length === 0 ? {} : { inputVariables: toValues(variables) }),
  })});
console.log(run.request_id, run.prompt_blueprint);
`,
  'promptlayer-python': ({ address, name, target, variables }) => `
import os
from promptlayer import PromptLayer

pl = PromptLayer(api_key=os.environ["PICTOR_KEY"], base_url=${quote(`${address}/promptlayer`)})

run = pl.run(
${[
  `    prompt_name=${quote(name)},`,
  ...(target.kind === 'version' ? [`    prompt_version=${target.version},`] : []),
  ...(target.kind === 'label' ? [`    prompt_release_label=${quote(target.label)},`] : []),
  ...(variables.length === 0 ? [] : [`    input_variables=${toJson(toValues(variables), 4)},`]),
].join('\n')}
)
print(run["request_id"])
`,
  curl: ({ address, name, target, variables }) => `
curl -sS ${shellQuote(`${address}/api/prompts/${encodeURIComponent(name)}/run`)} \\
  -H "Authorization: Bearer $PICTOR_KEY" \\
  -H 'Content-Type: application/json' \\
  -d ${shellQuote(toJson({ ...versionOrLabel(target), ...withVariables(variables) }))}
`,
};

function versionOrLabel(target: CodeTarget): Readonly<Record<string, unknown>> {
  if (target.kind === 'newest') return {};
  return target.kind === 'version' ? { version: target.version } : { label: target.label };
}

/** The wire's own object, in which a label may stand where a version may. */
function toReference({ name, target, variables }: CodeFacts): Readonly<Record<string, unknown>> {
  const version =
    target.kind === 'version' ? String(target.version) : target.kind === 'label' ? target.label : null;
  return { id: name, ...(version === null ? {} : { version }), ...withVariables(variables) };
}

function withVariables(variables: readonly string[]): Readonly<Record<string, unknown>> {
  return variables.length === 0 ? {} : { variables: toValues(variables) };
}

function toValues(variables: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(variables.map((name) => [name, '…']));
}

/** JSON with only texts, numbers and objects in it is JavaScript and Python as well. */
function toJson(value: Readonly<Record<string, unknown>>, indent = 0): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(indent)}`);
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
