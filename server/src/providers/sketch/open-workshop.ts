import { createRequire } from 'node:module';
import type { Workshop } from './draw/draw-scene.ts';
import { openIconSet } from './draw/icon-set.ts';
import { openLetterer } from './draw/lettering.ts';
import { openVocabulary, type Vocabulary } from './read-prompt/vocabulary.ts';

/** Everything heavy that drawing needs, opened once in the worker. */
export type FullWorkshop = Workshop & { readonly vocabulary: Vocabulary };

export function openWorkshop(): FullWorkshop {
  const load = createRequire(import.meta.url);
  const icons = openIconSet();
  const emojiKeywords = load('emojilib/dist/emoji-en-US.json') as Record<string, readonly string[]>;
  const iconOfEmoji = (emoji: string) => {
    const points = [...emoji].map((char) => (char.codePointAt(0) ?? 0).toString(16));
    return (
      icons.characters[points.join('-')] ??
      icons.characters[points.filter((code) => code !== 'fe0f').join('-')] ??
      null
    );
  };
  return {
    icons,
    letterer: openLetterer(),
    vocabulary: openVocabulary({ iconNames: icons.names(), emojiKeywords, iconOfEmoji }),
  };
}
