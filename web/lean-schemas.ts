import type { Plugin } from 'vite';

const writers = /[\\/]zod[\\/]v4[\\/]core[\\/](?:to-json-schema|json-schema-processors)\.js$/;
const words = /[\\/]zod[\\/]v4[\\/]locales[\\/]en\.js$/;

/**
 * Leaves out what the page never does with the shapes of the wire: it writes no JSON Schema from them, and what a shape
 * would say of an answer that does not fit is shown to nobody. A bundler cannot know, because every shape could be asked.
 */
export function leanSchemas(): Plugin {
  return {
    name: 'pictor:lean-schemas',
    enforce: 'pre',
    transform: (code, id) => {
      if (words.test(id)) return `export default () => ({ localeError: () => 'It does not fit.' });`;
      if (!writers.test(id)) return null;
      const names = [...code.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(([, name]) => name);
      return names.map((name) => `export const ${name} = () => undefined;`).join('\n');
    },
  };
}
