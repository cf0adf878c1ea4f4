import type { JobKind, Usage } from '../../../models/index.ts';
import { isRecord } from '../read-error-body.ts';

/**
 * The `usage` of a reply. Null: there is none, or only zeros, which compatible servers send that count nothing.
 * Without details, all output is image output, and input is text where no picture went in; else the parts stay
 * unknown. Cached input counts where the service tells how much of it was of which kind.
 */
export function readUsage(usage: unknown, kind: JobKind): Usage | null {
  if (!isRecord(usage)) return null;
  const input = readCount(usage.input_tokens);
  const output = readCount(usage.output_tokens);
  if ((input ?? 0) === 0 && (output ?? 0) === 0) return null;
  const inputDetails = isRecord(usage.input_tokens_details) ? usage.input_tokens_details : null;
  const outputDetails = isRecord(usage.output_tokens_details) ? usage.output_tokens_details : null;
  return {
    ...readInput(input, inputDetails, kind),
    ...readOutput(output, outputDetails),
    ...readCached(usage, inputDetails),
    source: 'provider',
  };
}

type Details = Readonly<Record<string, unknown>> | null;

function readInput(input: number | null, details: Details, kind: JobKind): Pick<Usage, 'textIn' | 'imageIn'> {
  if (details !== null) {
    return { textIn: readCount(details.text_tokens), imageIn: readCount(details.image_tokens) };
  }
  return kind === 'generate' ? { textIn: input, imageIn: 0 } : { textIn: null, imageIn: null };
}

/** Beside the input's details or within them, as services differ. */
function readCached(
  usage: Readonly<Record<string, unknown>>,
  details: Details,
): Pick<Usage, 'textInCached' | 'imageInCached'> {
  const cached = [usage.cached_tokens_details, details?.cached_tokens_details].find(isRecord) ?? {};
  return {
    textInCached: readCount(cached.cached_text_tokens ?? cached.text_tokens),
    imageInCached: readCount(cached.cached_image_tokens ?? cached.image_tokens),
  };
}

function readOutput(output: number | null, details: Details): Pick<Usage, 'textOut' | 'imageOut'> {
  if (details === null) return { textOut: output === null ? null : 0, imageOut: output };
  const imageOut = readCount(details.image_tokens);
  const textOut = readCount(details.text_tokens);
  return { imageOut: imageOut ?? rest(output, textOut), textOut: textOut ?? rest(output, imageOut) };
}

function rest(whole: number | null, part: number | null): number | null {
  return whole === null || part === null || part > whole ? null : whole - part;
}

function readCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
