export const clientNames = ['curl', 'javascript', 'python', 'promptlayer'] as const;
export type ClientName = (typeof clientNames)[number];

export const clientTitles: Readonly<Record<ClientName, string>> = {
  curl: 'curl',
  javascript: 'openai, JavaScript',
  python: 'openai, Python',
  promptlayer: 'promptlayer',
};

/** What stands in for the key, which only its maker knows. */
const keyPlace = 'YOUR_PICTOR_KEY';
const prompt = 'A lighthouse at sunset';

/** A first call with a client, pointed at this server. */
export function writeSnippet(client: ClientName, origin: string): string {
  switch (client) {
    case 'curl':
      return `curl ${origin}/v1/images/generations \\
  -H "Authorization: Bearer ${keyPlace}" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "gpt-image-2", "prompt": "${prompt}"}'`;
    case 'javascript':
      return `import OpenAI from 'openai';

const openai = new OpenAI({ baseURL: '${origin}/v1', apiKey: '${keyPlace}' });
const answer = await openai.images.generate({ model: 'gpt-image-2', prompt: '${prompt}' });
const bytes = Buffer.from(answer.data[0].b64_json, 'base64');`;
    case 'python':
      return `from openai import OpenAI

client = OpenAI(base_url="${origin}/v1", api_key="${keyPlace}")
answer = client.images.generate(model="gpt-image-2", prompt="${prompt}")
b64 = answer.data[0].b64_json`;
    case 'promptlayer':
      return `const { PromptLayer } = require('promptlayer');

const pl = new PromptLayer({ baseURL: '${origin}/promptlayer', apiKey: '${keyPlace}' });
const answer = await pl.run({
  promptName: 'my-image-prompt',
  inputVariables: { subject: 'a lighthouse' },
});`;
  }
}
