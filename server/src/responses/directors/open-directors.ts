import { type Caller, requireModel } from '../../access/index.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import { PictorError } from '../../foundation/index.ts';
import type { ModelRow, PlacedMainline } from '../../models/index.ts';
import type { Routing } from '../../routing/index.ts';
import { openChatDirector } from './chat/chat-director.ts';
import type { Director } from './director.ts';
import { openNativeDirector } from './native/native-director.ts';
import { openPainterDirector } from './painter/painter-director.ts';
import { openSketchDirector } from './sketch/sketch-director.ts';

export type DirectorParts = {
  readonly catalogue: Catalogue;
  readonly routing: Routing;
  /** The operator's image model for requests that name none. */
  readonly defaultModel: string | undefined;
};

export type OpenDirectors = {
  /** Who leads a conversation under this name. Throws the caller's errors. */
  readonly find: (model: string, caller: Caller) => Director;
};

/** Image models that stand behind the tool where nobody says which, if they can be used here: the tool's documented
 * default, and others of its family that can do more. */
const usualPainters = [
  'gpt-image-2',
  'gpt-image-2.5-sunburst',
  'gemini-nano-banana-2.1',
  'gemini-3-pro-image',
];

export function openDirectors(parts: DirectorParts): OpenDirectors {
  const { catalogue, routing } = parts;
  // Asked anew each time: another configuration may have been put in use.
  const painters = (): Director['painters'] =>
    parts.defaultModel === undefined ? findPainters(catalogue, routing) : [parts.defaultModel];
  const imageModelOf = (name: string): ModelRow | null => catalogue.find(name)?.row ?? null;
  const paintersOf = ({ model }: PlacedMainline): Director['painters'] =>
    model.painter === undefined ? painters() : [model.painter];
  const openLeader = (placed: PlacedMainline): Director =>
    placed.model.wire === 'chat'
      ? openChatDirector(placed, paintersOf(placed))
      : openNativeDirector(placed, paintersOf(placed), imageModelOf);
  return {
    find: (name, caller) => {
      const found = catalogue.find(name);
      if (found === null) throw unknownModel(name);
      const { row } = found;
      requireModel(caller, row);
      if (row.vendor === 'pictor' && row.family === 'text') return openSketchDirector(painters());
      if (row.family !== 'text' && row.family !== 'gemini') throw imageModel(name, row);
      const placed = routing.mainline(name);
      if (placed !== null) return openLeader(placed);
      const engine = row.family === 'gemini' ? routing.engineOf(row, 'images.generations') : null;
      if (engine !== null && !engine.standIn) return openPainterDirector(row, engine.engine);
      if (routing.standIn) return openSketchDirector(row.family === 'gemini' ? [row.id] : painters());
      throw notServed(name);
    },
  };
}

/** The usual ones, else the first that some provider serves, else the built-in illustrator. */
function findPainters(catalogue: Catalogue, routing: Routing): Director['painters'] {
  const isServed = (row: ModelRow): boolean => routing.engineOf(row, 'images.generations') !== null;
  const usual = usualPainters.flatMap((id) => catalogue.find(id)?.row ?? []).filter(isServed);
  const any = (): readonly ModelRow[] =>
    catalogue.rows
      .filter((row) => row.vendor !== 'pictor' && row.family !== 'text' && isServed(row))
      .slice(0, 1);
  const [first = 'sketch-1', ...others] = (usual.length > 0 ? usual : any()).map((row) => row.id);
  return [first, ...others];
}

function unknownModel(name: string): PictorError {
  return new PictorError({
    code: 'model_not_found',
    message: `The model '${name.slice(0, 100)}' does not exist here. GET /v1/models lists the models that can be used.`,
    param: 'model',
  });
}

function imageModel(name: string, row: ModelRow): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: `The model '${name.slice(0, 100)}' makes images and leads no conversation. Name a mainline model here, for instance gpt-5.4 or sketch-director-1, and put the image model into the tool: tools: [{"type": "image_generation", "model": "${row.id}"}].`,
    param: 'model',
  });
}

function notServed(name: string): PictorError {
  return new PictorError({
    code: 'model_not_found',
    message: `No provider for the mainline model '${name.slice(0, 100)}' is configured. Set OPENAI_API_KEY or AZURE_OPENAI_ENDPOINT, or name a director in pictor.yaml, or use the built-in sketch-director-1.`,
    param: 'model',
  });
}
