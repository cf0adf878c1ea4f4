import { expect, it } from 'vitest';
import { openWorkshop } from '../open-workshop.ts';
import { readPrompt } from '../read-prompt/read-prompt.ts';
import { composeScene } from './compose-scene.ts';

const size = { pixelWidth: 512, pixelHeight: 512, transparent: false, seed: '1' };

it.each([
  ['an apple under an umbrella', 'umbrella', 1],
  ['three red apples under a blue umbrella', 'umbrella', 3],
  ['two dogs under a tree', 'deciduous-tree', 2],
  ['five cats under a big umbrella', 'umbrella', 5],
])('%s: all are beneath it', (prompt, coverName, count) => {
  const { vocabulary, icons } = openWorkshop();
  const { actors } = composeScene(readPrompt(prompt, vocabulary, icons.characters), size);
  const cover = actors.find(({ art }) => art.name === coverName);
  const others = actors.filter((actor) => actor !== cover);
  expect(others).toHaveLength(count);
  for (const other of others) {
    expect(Math.abs(other.x - (cover?.x ?? Number.NaN))).toBeLessThan((cover?.height ?? 0) / 2);
    expect(other.height).toBeLessThan(cover?.height ?? 0);
  }
});
