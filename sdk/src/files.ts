import { type StoredFile, storedFile } from '@pictor/api';
import { type CallOptions, sendCall, sendEmptyCall, sendOpenCall, type Transport } from './send-call.ts';

export type UploadOptions = CallOptions & {
  /** As it is kept. Default: the file's own name, or `file`. */
  readonly filename?: string | undefined;
  /** Until it goes by itself, in seconds: 3600 to 2592000. Default: it stays until it is deleted. */
  readonly lifetimeSeconds?: number | undefined;
};

/** Files API: pictures and documents that are uploaded once and referred to by id. */
export type Files = {
  /** Uploads a picture (or any file, with the purpose `vision`). `request_too_large` above 512 MiB. */
  readonly upload: (file: Blob, options?: UploadOptions) => Promise<StoredFile>;
  /** The bytes, as a stream. */
  readonly download: (id: string, options?: CallOptions) => Promise<ReadableStream<Uint8Array>>;
  /** Deletes a file; requests that took it keep what they need. `not_found` where the project has none. */
  readonly delete: (id: string, options?: CallOptions) => Promise<void>;
};

const path = '/v1/files';

/** The files noun over one transport. */
export function filesOver(transport: Transport): Files {
  return {
    upload: (file, { filename, lifetimeSeconds, ...options } = {}) => {
      const body = new FormData();
      body.append('purpose', 'vision');
      if (lifetimeSeconds !== undefined) {
        body.append('expires_after[anchor]', 'created_at');
        body.append('expires_after[seconds]', String(lifetimeSeconds));
      }
      body.append('file', file, filename ?? (file instanceof File ? file.name : 'file'));
      return sendCall(transport, { ...options, method: 'POST', path, body }, storedFile);
    },
    download: async (id, options) => {
      const content = `${path}/${encodeURIComponent(id)}/content`;
      const call = { ...options, method: 'GET', path: content, headers: { accept: '*/*' } } as const;
      return (await sendOpenCall(transport, call)).body ?? new ReadableStream<Uint8Array>();
    },
    delete: (id, options) =>
      sendEmptyCall(transport, { ...options, method: 'DELETE', path: `${path}/${encodeURIComponent(id)}` }),
  };
}
