import type { Lifecycle, ModelRow } from '../models/index.ts';

const toolGuide = {
  source: 'developers.openai.com image generation tool guide, supported models',
  sourceDate: '2026-11-21',
};

const shutdownList = {
  source: 'dev.to/max_bob, every shutdown date, compared there with shutdown_date of GET /v1/models',
  sourceDate: '2026-10-27',
};

/** A text model that may host the image_generation tool. It draws nothing itself, so it has no image rules. */
function host(id: string, title: string, lifecycle: Lifecycle = toolGuide): ModelRow {
  return {
    id,
    title,
    vendor: 'openai',
    family: 'text',
    aliases: [],
    endpoints: ['responses'],
    unknownParameters: 'refuse',
    promptMaxChars: 1_000_000,
    parameters: {},
    outputFormats: [],
    passThrough: [],
    tokens: 'none',
    lifecycle,
    notes: [],
  };
}

const endOf2026: Lifecycle = { shutdown: '2026-12-11', replacement: 'gpt-5.4', ...shutdownList };
const startOf2027: Lifecycle = { shutdown: '2027-01-14', replacement: 'gpt-5.4', ...shutdownList };

/** Leads conversations by rules, offline; see the responses room. */
const sketchDirector: ModelRow = {
  ...host('sketch-director-1', 'Sketch director', {
    source: 'Pictor itself',
    sourceDate: '2026-11-21',
  }),
  vendor: 'pictor',
  unknownParameters: 'drop',
};

/** Text models of the Responses API that can call the image_generation tool. */
export const textModelRows: readonly ModelRow[] = [
  host('gpt-4o', 'GPT-4o', startOf2027),
  host('gpt-4o-mini', 'GPT-4o mini', startOf2027),
  host('gpt-4.1', 'GPT-4.1', startOf2027),
  host('gpt-4.1-mini', 'GPT-4.1 mini', startOf2027),
  host('gpt-4.1-nano', 'GPT-4.1 nano'),
  host('o3', 'o3', endOf2026),
  host('gpt-5', 'GPT-5', endOf2026),
  host('gpt-5-nano', 'GPT-5 nano'),
  host('gpt-5.2', 'GPT-5.2'),
  host('gpt-5.4', 'GPT-5.4'),
  host('gpt-5.4-mini', 'GPT-5.4 mini'),
  host('gpt-5.4-nano', 'GPT-5.4 nano'),
  sketchDirector,
];
