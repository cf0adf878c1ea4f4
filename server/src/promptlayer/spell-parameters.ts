import { isWire, type Wire } from './wire.ts';

/** Objects within Gemini's arguments whose members are parameters of their own here. */
const groups: readonly string[] = ['generation_config', 'generationConfig', 'image_config', 'imageConfig'];

const spellings: Readonly<Record<string, string>> = {
  aspectRatio: 'aspect_ratio',
  imageSize: 'image_size',
  responseModalities: 'response_modalities',
};

/** Parameters in the spelling of this server: Gemini's come nested, in camel case, with modalities in capitals. */
export function spellParameters(parameters: Wire): Wire {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]): [string, unknown][] => {
      if (groups.includes(name) && isWire(value)) return Object.entries(spellParameters(value));
      const spelt = spellings[name] ?? name;
      const isList = spelt === 'response_modalities' && Array.isArray(value);
      return [[spelt, isList ? value.map((each) => String(each).toLowerCase()) : value]];
    }),
  );
}
