import type { Draft } from '../draft.ts';
import type { Api } from '../playground-search.ts';
import { listVariables } from '../prompt/variables.ts';
import { toPython } from './to-python.ts';

type Sample = { readonly name: string; readonly code: string };

type CodeFacts = {
  /** Of this server, as the browser reaches it. */
  readonly origin: string;
  readonly api: Api;
  readonly body: Readonly<Record<string, unknown>>;
  readonly draft: Pick<Draft, 'messages' | 'opened' | 'prompt' | 'variables'>;
};

const key = 'YOUR_PICTOR_KEY';

/** A call in the words of each client that people use. */
export function writeCode(facts: CodeFacts): readonly Sample[] {
  const { draft } = facts;
  return [
    { name: 'curl', code: writeCurl(facts) },
    { name: 'JavaScript', code: writeJavaScript(facts) },
    { name: 'Python', code: writePython(facts) },
    ...(draft.opened === null ? [] : writePromptLayer(facts, draft.opened)),
  ];
}

function pathOf({ api, body }: CodeFacts): '/responses' | '/images/edits' | '/images/generations' {
  if (api === 'responses') return '/responses';
  return body.images === undefined ? '/images/generations' : '/images/edits';
}

function writeCurl(facts: CodeFacts): string {
  const json = JSON.stringify(facts.body, null, 2);
  return [
    `curl -sS ${facts.origin}/v1${pathOf(facts)} \\`,
    `  -H "Authorization: Bearer ${key}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d ${quoteShell(json)}`,
  ].join('\n');
}

/** In single quotes nothing means anything but another single quote. */
function quoteShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function writeJavaScript(facts: CodeFacts): string {
  const body = JSON.stringify(facts.body, null, 2);
  return [
    `import { writeFile } from 'node:fs/promises';`,
    `import OpenAI from 'openai';`,
    '',
    `const client = new OpenAI({ apiKey: '${key}', baseURL: '${facts.origin}/v1' });`,
    '',
    ...javaScriptCall(pathOf(facts), body),
  ].join('\n');
}

function javaScriptCall(path: ReturnType<typeof pathOf>, body: string): readonly string[] {
  const save = [
    `for (const [index, image] of answer.data.entries()) {`,
    `  await writeFile(\`picture-\${index}.png\`, Buffer.from(image.b64_json, 'base64'));`,
    `}`,
  ];
  switch (path) {
    case '/images/generations':
      return [`const answer = await client.images.generate(${body});`, ...save];
    case '/images/edits':
      return [
        `// The client's images.edit sends files; pictures that the server has already go by id.`,
        `const answer = await client.post('/images/edits', { body: ${body} });`,
        ...save,
      ];
    case '/responses':
      return [
        `const response = await client.responses.create(${body});`,
        `console.log(response.output_text);`,
        `const pictures = response.output.filter(({ type }) => type === 'image_generation_call');`,
        `for (const [index, { result }] of pictures.entries()) {`,
        `  await writeFile(\`picture-\${index}.png\`, Buffer.from(result, 'base64'));`,
        `}`,
      ];
  }
}

function writePython(facts: CodeFacts): string {
  const path = pathOf(facts);
  return [
    'import base64',
    ...(path === '/images/edits' ? ['import httpx'] : []),
    '',
    'from openai import OpenAI',
    '',
    `client = OpenAI(api_key="${key}", base_url="${facts.origin}/v1")`,
    '',
    ...pythonCall(path, facts.body),
  ].join('\n');
}

function pythonCall(
  path: ReturnType<typeof pathOf>,
  body: Readonly<Record<string, unknown>>,
): readonly string[] {
  switch (path) {
    case '/images/generations':
      return [
        `answer = client.images.generate(${toArguments(body, knownToPython.images)})`,
        'for index, image in enumerate(answer.data):',
        '    with open(f"picture-{index}.png", "wb") as file:',
        '        file.write(base64.b64decode(image.b64_json))',
      ];
    case '/images/edits':
      return [
        "# The client's images.edit sends files; pictures that the server has already go by id.",
        `answer = client.post("/images/edits", body=${toPython(body)}, cast_to=httpx.Response).json()`,
        'for index, image in enumerate(answer["data"]):',
        '    with open(f"picture-{index}.png", "wb") as file:',
        '        file.write(base64.b64decode(image["b64_json"]))',
      ];
    case '/responses':
      return [
        `response = client.responses.create(${toArguments(body, knownToPython.responses)})`,
        'print(response.output_text)',
        'pictures = [item for item in response.output if item.type == "image_generation_call"]',
        'for index, picture in enumerate(pictures):',
        '    with open(f"picture-{index}.png", "wb") as file:',
        '        file.write(base64.b64decode(picture.result))',
      ];
  }
}

/** Arguments that the Python client has; all others travel in its extra_body. */
const knownToPython = {
  images: [
    'model',
    'prompt',
    'n',
    'size',
    'quality',
    'background',
    'output_format',
    'output_compression',
    'moderation',
    'partial_images',
    'style',
    'user',
  ],
  responses: ['model', 'input', 'tools', 'tool_choice'],
} as const;

function toArguments(body: Readonly<Record<string, unknown>>, known: readonly string[]): string {
  const entries = Object.entries(body);
  const own = entries.filter(([name]) => known.includes(name));
  const extra = entries.filter(([name]) => !known.includes(name));
  const lines = [
    ...own.map(([name, value]) => `    ${name}=${toPython(value, 1)},`),
    ...(extra.length === 0 ? [] : [`    extra_body=${toPython(Object.fromEntries(extra), 1)},`]),
  ];
  return `\n${lines.join('\n')}\n`;
}

/** The saved prompt by its name, through PromptLayer's own clients. */
function writePromptLayer(
  { origin, draft }: CodeFacts,
  opened: NonNullable<Draft['opened']>,
): readonly Sample[] {
  const names = listVariables([draft.prompt, ...draft.messages.map(({ text }) => text)]);
  const variables = Object.fromEntries(names.map((name) => [name, draft.variables[name] ?? '']));
  const javaScript = [
    `import { PromptLayer } from 'promptlayer';`,
    '',
    `const promptLayer = new PromptLayer({ apiKey: '${key}', baseURL: '${origin}/promptlayer' });`,
    '',
    `const run = await promptLayer.run(${JSON.stringify(
      { promptName: opened.name, promptVersion: opened.version, inputVariables: variables },
      null,
      2,
    )});`,
    `console.log(run.request_id, run.prompt_blueprint);`,
  ];
  const python = [
    'from promptlayer import PromptLayer',
    '',
    `promptlayer = PromptLayer(api_key="${key}", base_url="${origin}/promptlayer")`,
    '',
    `run = promptlayer.run(${toArguments(
      { prompt_name: opened.name, prompt_version: opened.version, input_variables: variables },
      ['prompt_name', 'prompt_version', 'input_variables'],
    )})`,
    'print(run["request_id"], run["prompt_blueprint"])',
  ];
  return [
    { name: 'PromptLayer JavaScript', code: javaScript.join('\n') },
    { name: 'PromptLayer Python', code: python.join('\n') },
  ];
}
