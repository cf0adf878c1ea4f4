import { IconBrush, IconEraser, IconHandStop, IconSquareMinus, IconSquarePlus } from '@tabler/icons-react';

/** What the pointer does, with its key. */
export const maskTools = [
  { name: 'brush', label: 'Brush', key: 'b', icon: IconBrush },
  { name: 'eraser', label: 'Eraser', key: 'e', icon: IconEraser },
  { name: 'rectangle', label: 'Rectangle', key: 'r', icon: IconSquarePlus },
  { name: 'cut', label: 'Erase a rectangle', key: 'c', icon: IconSquareMinus },
  { name: 'hand', label: 'Move the picture', key: 'h', icon: IconHandStop },
] as const;

export type MaskTool = (typeof maskTools)[number]['name'];

const smallest = 1;
const largest = 600;

/** The next larger or smaller brush; small ones by single pixels. */
export function resizeBrush(diameter: number, step: 1 | -1): number {
  const change = Math.max(1, Math.round(diameter * 0.15));
  return Math.min(largest, Math.max(smallest, diameter + step * change));
}

export const brushRange = { min: smallest, max: largest } as const;
