import type { MaskHistory } from './open-mask-document.ts';

const databaseName = 'pictor-masks';
const storeName = 'histories';
const mostKept = 20;

export type KeptMask = {
  readonly history: MaskHistory;
  /** It was handed on as it is: nothing was painted since. */
  readonly isSaved: boolean;
};

type Row = KeptMask & { readonly url: string; readonly keptAt: number };

/** One after the other, so that the last one stays. */
let writing = Promise.resolve();

/** What was painted over an image in this browser before; null: nothing, or it cannot be read. */
export async function recallMask(url: string): Promise<KeptMask | null> {
  try {
    return ((await ask('readonly', (store) => store.get(url))) as Row | undefined) ?? null;
  } catch {
    return null;
  }
}

/** Keeps what is painted over an image, and forgets the oldest of others. Where the browser keeps nothing, nothing happens. */
export function rememberMask(url: string, mask: KeptMask): void {
  // The address of a picture that is only in memory means nothing after a reload.
  if (url.startsWith('blob:')) return;
  const row: Row = { ...mask, url, keptAt: Date.now() };
  // Private windows refuse; painting goes on without.
  writing = writing.then(() => write(row)).catch(() => undefined);
}

async function write(row: Row): Promise<void> {
  await ask('readwrite', (store) => store.put(row));
  const keys = await ask('readonly', (store) => store.index('keptAt').getAllKeys());
  for (const key of keys.slice(0, -mostKept)) await ask('readwrite', (store) => store.delete(key));
}

async function ask<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await settle(act(database.transaction(storeName, mode).objectStore(storeName)));
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () =>
    request.result.createObjectStore(storeName, { keyPath: 'url' }).createIndex('keptAt', 'keptAt');
  return settle(request);
}

function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser keeps nothing.'));
  });
}
