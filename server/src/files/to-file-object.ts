import type { FoundFile } from './open-files.ts';

/** A file as OpenAI's wire has it. Times are whole seconds; `expires_at` is there only where there is an end. */
export function toFileObject(file: FoundFile) {
  return {
    id: file.id,
    object: 'file',
    bytes: file.byteCount,
    created_at: toSeconds(file.createdAt),
    ...(file.expiresAt === null ? {} : { expires_at: toSeconds(file.expiresAt) }),
    filename: file.filename,
    purpose: file.purpose,
    status: 'processed',
    status_details: null,
  };
}

function toSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
