import type { PixelSize, SizeRule } from '../models/index.ts';
import { type Fitting, listChoices, quote, refuse } from './fit-context.ts';

/** Reads `WIDTHxHEIGHT`. Six digits are more than any model makes. Null: not a size. */
export function parseSize(text: string): PixelSize | null {
  const match = /^([1-9]\d{0,5})x([1-9]\d{0,5})$/.exec(text);
  return match && { width: Number(match[1]), height: Number(match[2]) };
}

/** A size as it stands on the wire: `1536x1024`. */
export function writeSize(size: PixelSize): string {
  return `${size.width}x${size.height}`;
}

/** Reads a size that is not `auto`, or refuses it with the grammar. */
export function readSize(value: unknown): PixelSize {
  if (typeof value !== 'string') {
    refuse('invalid_type', 'size', `Invalid type for 'size': ${quote(value)} is not a string.`);
  }
  const size = parseSize(value);
  if (size) return size;
  return refuse(
    'invalid_value',
    'size',
    `Invalid size ${quote(value)}. Write WIDTHxHEIGHT in pixels, for example '1024x1024', or 'auto'.`,
  );
}

/**
 * A size for a model with fixed or free sizes. `auto` becomes absent where the model has a default of its own and
 * does not know the word.
 */
export function fitSize(
  fitting: Fitting,
  rule: Exclude<SizeRule, { kind: 'ratio-table' }>,
  value: unknown,
): PixelSize | 'auto' | undefined {
  if (value === 'auto') return rule.default === 'auto' ? 'auto' : undefined;
  const size = readSize(value);
  const fault = rule.kind === 'fixed' ? fixedFault(rule, size) : freeFault(rule, size);
  if (fault === null) return size;
  return refuse('invalid_value', 'size', `Invalid size '${writeSize(size)}' for ${fitting.row.id}. ${fault}`);
}

function fixedFault(rule: Extract<SizeRule, { kind: 'fixed' }>, size: PixelSize): string | null {
  if (rule.sizes.includes(writeSize(size))) return null;
  return `It makes ${listChoices([...rule.sizes, 'auto'])}.`;
}

function freeFault(rule: Extract<SizeRule, { kind: 'free' }>, size: PixelSize): string | null {
  const { width, height } = size;
  const longest = Math.max(width, height);
  const shortest = Math.min(width, height);
  const count = new Intl.NumberFormat('en-US');
  if (width % rule.multipleOf !== 0 || height % rule.multipleOf !== 0) {
    return `Width and height must both be divisible by ${rule.multipleOf}.`;
  }
  if (longest > rule.maxEdge) return `No edge may be longer than ${rule.maxEdge} pixels.`;
  if (shortest < rule.minEdge) return `No edge may be shorter than ${rule.minEdge} pixels.`;
  if (longest > shortest * rule.maxRatio) {
    return `The longer edge may be at most ${rule.maxRatio} times the shorter one.`;
  }
  const pixels = width * height;
  if (pixels < rule.minPixels || pixels > rule.maxPixels) {
    return `It has ${count.format(pixels)} pixels; ${count.format(rule.minPixels)} to ${count.format(rule.maxPixels)} are allowed.`;
  }
  return null;
}
