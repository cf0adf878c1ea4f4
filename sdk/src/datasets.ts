import {
  type Dataset,
  type DatasetChange,
  type DatasetFieldKind,
  type DatasetImport,
  type DatasetList,
  type DatasetRequestsImport,
  type DatasetRow,
  type DatasetRowChange,
  type DatasetRowPage,
  type DatasetVersion,
  type DatasetVersionList,
  dataset,
  datasetImport,
  datasetList,
  datasetRow,
  datasetRowPage,
  datasetVersion,
  datasetVersionList,
  type NewDataset,
} from '@pictor/api';
import { type CallOptions, sendCall, sendEmptyCall, type Transport } from './send-call.ts';
import { toQuery } from './to-query.ts';

export type DatasetRowQuery = {
  /** Default: the draft. */
  readonly version?: number | undefined;
  /** 1 to 500. Default: 100. */
  readonly limit?: number | undefined;
  /** How many rows stand before the page. Default: 0. */
  readonly offset?: number | undefined;
};

/** A file with its name, whose ending says what it is: `.csv`, `.jsonl`, `.zip`; everything else is a picture. */
export type NamedFile = File | { readonly name: string; readonly bytes: Blob | Uint8Array | ArrayBuffer };

/** Files of one import: CSV, JSON lines, pictures, or a zip of them. */
export type DatasetImportRequest = {
  /** Up to 64. Rows name pictures of the same import by their file names. */
  readonly files: readonly NamedFile[];
  /** Field of pictures that come by themselves, each as a row of its own. Default: image. */
  readonly imageField?: string | undefined;
  /** What fields hold, where that cannot be seen from their names and values. */
  readonly kinds?: Readonly<Record<string, DatasetFieldKind>> | undefined;
  /** `replace`: the draft's rows go first. Default: append. */
  readonly mode?: 'append' | 'replace' | undefined;
};

/** Rows of variables, pictures and expected values. A draft is edited; versions never change. */
export type Datasets = {
  /** In the order of their names. */
  readonly list: (options?: CallOptions) => Promise<DatasetList>;
  readonly get: (id: string, options?: CallOptions) => Promise<Dataset>;
  /** `already_exists` where the name is taken. */
  readonly create: (body: NewDataset, options?: CallOptions) => Promise<Dataset>;
  readonly update: (id: string, change: DatasetChange, options?: CallOptions) => Promise<Dataset>;
  readonly remove: (id: string, options?: CallOptions) => Promise<void>;
  readonly rows: (id: string, query?: DatasetRowQuery, options?: CallOptions) => Promise<DatasetRowPage>;
  /** Adds rows behind those of the draft, 1000 at once. */
  readonly addRows: (
    id: string,
    rows: readonly Readonly<Record<string, unknown>>[],
    options?: CallOptions,
  ) => Promise<DatasetRowPage>;
  readonly updateRow: (
    id: string,
    row: string,
    change: DatasetRowChange,
    options?: CallOptions,
  ) => Promise<DatasetRow>;
  readonly removeRows: (id: string, rows: readonly string[], options?: CallOptions) => Promise<void>;
  /** Adds rows from files: all of them, or none. */
  readonly import: (
    id: string,
    request: DatasetImportRequest,
    options?: CallOptions,
  ) => Promise<DatasetImport>;
  /** Adds a row for every request that is found: its variables, its pictures, and those that went in. */
  readonly importRequests: (
    id: string,
    query: DatasetRequestsImport,
    options?: CallOptions,
  ) => Promise<DatasetImport>;
  /** Makes the draft a version. */
  readonly publish: (id: string, note?: string, options?: CallOptions) => Promise<DatasetVersion>;
  /** Newest first. */
  readonly versions: (id: string, options?: CallOptions) => Promise<DatasetVersionList>;
  /** Gives the draft the rows of a version. */
  readonly restore: (id: string, version: number, options?: CallOptions) => Promise<Dataset>;
};

const path = '/api/datasets';

/** The datasets noun over one transport. */
export function datasetsOver(transport: Transport): Datasets {
  const at = (id: string, rest = ''): string => `${path}/${encodeURIComponent(id)}${rest}`;
  const rowAt = (id: string, row: string): string => at(id, `/rows/${encodeURIComponent(row)}`);
  return {
    list: (options) => sendCall(transport, { ...options, method: 'GET', path }, datasetList),
    get: (id, options) => sendCall(transport, { ...options, method: 'GET', path: at(id) }, dataset),
    create: (body, options) => sendCall(transport, { ...options, method: 'POST', path, body }, dataset),
    update: (id, body, options) =>
      sendCall(transport, { ...options, method: 'PATCH', path: at(id), body }, dataset),
    remove: (id, options) => sendEmptyCall(transport, { ...options, method: 'DELETE', path: at(id) }),
    rows: (id, query = {}, options) =>
      sendCall(
        transport,
        { ...options, method: 'GET', path: at(id, `/rows${toQuery(query)}`) },
        datasetRowPage,
      ),
    addRows: (id, rows, options) => {
      const body = { rows: rows.map((values) => ({ values })) };
      return sendCall(transport, { ...options, method: 'POST', path: at(id, '/rows'), body }, datasetRowPage);
    },
    updateRow: (id, row, body, options) =>
      sendCall(transport, { ...options, method: 'PATCH', path: rowAt(id, row), body }, datasetRow),
    removeRows: (id, ids, options) =>
      sendEmptyCall(transport, {
        ...options,
        method: 'POST',
        path: at(id, '/rows/delete'),
        body: { ids },
      }),
    import: async (id, request, options) => {
      const call = { ...options, method: 'POST', path: at(id, '/import'), body: toForm(request) } as const;
      return await sendCall(transport, call, datasetImport);
    },
    importRequests: (id, body, options) =>
      sendCall(
        transport,
        { ...options, method: 'POST', path: at(id, '/import-requests'), body },
        datasetImport,
      ),
    publish: (id, note, options) => {
      const body = note === undefined ? {} : { note };
      return sendCall(
        transport,
        { ...options, method: 'POST', path: at(id, '/versions'), body },
        datasetVersion,
      );
    },
    versions: (id, options) =>
      sendCall(transport, { ...options, method: 'GET', path: at(id, '/versions') }, datasetVersionList),
    restore: (id, version, options) =>
      sendCall(
        transport,
        { ...options, method: 'POST', path: at(id, `/versions/${version}/restore`), body: {} },
        dataset,
      ),
  };
}

function toForm(request: DatasetImportRequest): FormData {
  const form = new FormData();
  for (const file of request.files) form.append('file', toBlob(file), file.name);
  if (request.imageField !== undefined) form.append('image_field', request.imageField);
  if (request.kinds !== undefined) form.append('kinds', JSON.stringify(request.kinds));
  if (request.mode !== undefined) form.append('mode', request.mode);
  return form;
}

function toBlob(file: NamedFile): Blob {
  if (file instanceof File) return file;
  if (file.bytes instanceof Blob) return file.bytes;
  // A copy: a view of shared memory is no part of a Blob.
  return new Blob([
    file.bytes instanceof ArrayBuffer ? new Uint8Array(file.bytes) : Uint8Array.from(file.bytes),
  ]);
}
