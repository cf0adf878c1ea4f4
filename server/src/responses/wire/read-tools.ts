import { customTool, functionTool, imageTool } from '@pictor/api';
import type { z } from 'zod';
import { PictorError } from '../../foundation/index.ts';
import { toParameterError } from '../../http/index.ts';
import { isWire, type Wire } from '../items/item.ts';
import type { AskedTools, ClientTool, ImageTool, ToolChoice } from './asked-response.ts';

const maxTools = 128;

/** Reads tools and tool_choice. Tools that somebody else hosts are refused by name. */
export function readTools(tools: readonly Wire[], choice: unknown): AskedTools {
  if (tools.length > maxTools) {
    throw new PictorError({
      code: 'invalid_value',
      message: `There are ${tools.length} tools, and at most ${maxTools} are read.`,
      param: 'tools',
    });
  }
  let image: ImageTool | null = null;
  const clientTools: ClientTool[] = [];
  for (const [index, tool] of tools.entries()) {
    const param = `tools[${index}]`;
    switch (tool.type) {
      case 'image_generation':
        if (image !== null) throw duplicate(param, 'image_generation');
        image = readImageTool(tool, param);
        break;
      case 'function':
      case 'custom': {
        const read = readClientTool(tool, tool.type, param);
        if (clientTools.some((other) => other.name === read.name)) throw duplicate(param, read.name);
        clientTools.push(read);
        break;
      }
      default:
        throw notHosted(String(tool.type), param);
    }
  }
  return {
    image,
    clientTools,
    choice: { ...readChoice(choice, image, clientTools), wire: choice ?? 'auto' },
  };
}

function readImageTool(tool: Wire, param: string): ImageTool {
  const read = parseAt(imageTool, tool, param);
  const {
    type: _type,
    model,
    action,
    input_image_mask: mask,
    partial_images: partialImages,
    thinking,
    modalities,
    ...parameters
  } = read;
  const named = {
    ...parameters,
    ...(thinking === undefined ? {} : { thinking_level: thinking }),
    ...(modalities === undefined ? {} : { response_modalities: modalities }),
  };
  // OpenAI's own echo of a tool says n: 1; a call makes one picture.
  const { n, ...rest } = withoutNulls(named);
  if (n !== undefined && n !== 1) {
    throw new PictorError({
      code: 'invalid_value',
      message: 'A call of the tool makes one picture. Ask for several in words, and there are several calls.',
      param: `${param}.n`,
    });
  }
  return {
    param,
    model: model ?? undefined,
    action: action ?? 'auto',
    parameters: rest,
    mask: mask == null ? undefined : readMask(mask, param),
    partialImages: partialImages ?? 0,
  };
}

function readMask(
  mask: { image_url?: string | null | undefined; file_id?: string | null | undefined },
  param: string,
): ImageTool['mask'] {
  const imageUrl = mask.image_url ?? undefined;
  const fileId = mask.file_id ?? undefined;
  if ((imageUrl === undefined) === (fileId === undefined)) {
    throw new PictorError({
      code: imageUrl === undefined ? 'missing_required_parameter' : 'invalid_value',
      message: 'A mask must have exactly one of image_url and file_id.',
      param: `${param}.input_image_mask`,
    });
  }
  return { imageUrl, fileId };
}

function readClientTool(tool: Wire, type: ClientTool['type'], param: string): ClientTool {
  const read = parseAt(type === 'function' ? functionTool : customTool, tool, param);
  const { description, parameters } = read;
  return {
    type,
    name: read.name,
    description: typeof description === 'string' ? description : undefined,
    parameters: isWire(parameters) ? parameters : undefined,
    wire: tool,
  };
}

/** A list of `type` names, or of objects that name one tool each. */
function readChoice(
  choice: unknown,
  image: ImageTool | null,
  clientTools: readonly ClientTool[],
): Omit<ToolChoice, 'wire'> {
  const all = { image: image !== null, clientTools: clientTools.map((tool) => tool.name) };
  if (choice === undefined || choice === 'auto') return { mode: 'auto', ...all };
  if (choice === 'none') return { mode: 'none', ...all };
  if (choice === 'required') {
    if (!all.image && all.clientTools.length === 0) throw noSuchTool('required', 'tool_choice');
    return { mode: 'required', ...all };
  }
  if (!isWire(choice)) throw unknownChoice(String(choice));
  if (choice.type === 'allowed_tools') {
    const listed = Array.isArray(choice.tools) ? choice.tools.filter(isWire) : [];
    if (listed.length === 0 || (choice.mode !== 'auto' && choice.mode !== 'required')) {
      throw unknownChoice('allowed_tools without mode and tools');
    }
    const picked = listed.map((tool, index) => pick(tool, all, `tool_choice.tools[${index}]`));
    return {
      mode: choice.mode,
      image: picked.some((each) => each.image),
      clientTools: picked.flatMap((each) => each.clientTools),
    };
  }
  return { mode: 'required', ...pick(choice, all, 'tool_choice') };
}

type Picked = Pick<ToolChoice, 'image' | 'clientTools'>;

function pick(choice: Wire, all: Picked, param: string): Picked {
  switch (choice.type) {
    case 'image_generation':
      if (!all.image) throw noSuchTool('image_generation', param);
      return { image: true, clientTools: [] };
    case 'function':
    case 'custom': {
      const name = String(choice.name ?? '');
      if (!all.clientTools.includes(name)) throw noSuchTool(name, param);
      return { image: false, clientTools: [name] };
    }
    default:
      throw notHosted(String(choice.type), param);
  }
}

function parseAt<S extends z.ZodType>(schema: S, value: unknown, param: string): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw toParameterError(issue, param);
}

function withoutNulls(value: Wire): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

function notHosted(type: string, param: string): PictorError {
  const name = type.slice(0, 60);
  return new PictorError({
    code: 'invalid_value',
    message: `The tool '${name}' is not one that Pictor has. It hosts image_generation, and hands calls of function and custom tools to you.`,
    param: `${param}.type`,
  });
}

function duplicate(param: string, name: string): PictorError {
  return new PictorError({
    code: 'duplicate_parameter',
    message: `The tool '${name}' is there twice. Send each tool once.`,
    param,
  });
}

function noSuchTool(name: string, param: string): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: `tool_choice wants '${name.slice(0, 60)}', and tools holds nothing of that kind. Add the tool, or choose another.`,
    param,
  });
}

function unknownChoice(what: string): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: `Invalid tool_choice: '${what.slice(0, 60)}'. It is none, auto, required, an object that names a tool, or allowed_tools with a mode and tools.`,
    param: 'tool_choice',
  });
}
