import { useSyncExternalStore } from 'react';
import type { FailureFacts } from '../common/error-notice.tsx';
import { type Place, placeName, type Setup } from './setup.ts';

/** What is known of a cell without asking the server. */
export type Cell = {
  /** From 0; the next one is a retry. */
  readonly attempt: number;
  /** Null: it has not begun, as far as is known. */
  readonly requestId: string | null;
  /** Why it never became a request. */
  readonly failure: FailureFacts | null;
};

/** One run of a setup, kept in this browser so that a reload finds it again. */
export type KeptRun = {
  readonly setup: Setup;
  /** By place: `0.1`. */
  readonly cells: Readonly<Record<string, Cell>>;
};

const prefix = 'pictor-compare-';
const mostKept = 20;

const listeners = new Set<() => void>();
const runs = new Map<string, KeptRun | null>();

/** The run under an id; null: this browser knows none. */
export function readRun(id: string): KeptRun | null {
  const known = runs.get(id);
  if (known !== undefined) return known;
  const kept = parse(localStorage.getItem(prefix + id));
  runs.set(id, kept);
  return kept;
}

export function writeRun(id: string, run: KeptRun): void {
  runs.set(id, run);
  try {
    localStorage.setItem(prefix + id, JSON.stringify(run));
    forgetOldest();
  } catch {
    // A full or forbidden store: the run lives as long as the page.
  }
  for (const listener of listeners) listener();
}

/** Changes one cell of a run. */
export function changeCell(id: string, place: Place, change: (now: Cell | undefined) => Cell): void {
  const run = readRun(id);
  if (run === null) return;
  const name = placeName(place);
  writeRun(id, { ...run, cells: { ...run.cells, [name]: change(run.cells[name]) } });
}

/** The run under an id, kept up to date. */
export function useKeptRun(id: string | undefined): KeptRun | null {
  return useSyncExternalStore(subscribe, () => (id === undefined ? null : readRun(id)));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Ids begin with the time, so the first in order are the oldest. */
function forgetOldest(): void {
  const kept = Object.keys(localStorage)
    .filter((name) => name.startsWith(prefix))
    .sort();
  for (const name of kept.slice(0, Math.max(0, kept.length - mostKept))) localStorage.removeItem(name);
}

/** An id that no other run has. */
export function newRunId(): string {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return `${Date.now().toString(36)}${[...random].map((part) => part.toString(36)).join('')}`;
}

function parse(text: string | null): KeptRun | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    const isRun = typeof value === 'object' && value !== null && 'setup' in value && 'cells' in value;
    // Written by this file from a run.
    return isRun ? (value as KeptRun) : null;
  } catch {
    return null;
  }
}
