import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { PictorError } from '../../foundation/index.ts';
import { type PromptFile, promptFile, type RegistryFile } from './prompt-file.ts';

/** Aliases in YAML can make a small file a huge value. */
const maxAliasCount = 100;

/** A prompt from its file. Throws `invalid_value` with the file's path and what is wrong in it. */
export function readPromptFile({ path, content }: RegistryFile): PromptFile {
  const document = parseDocument(content, { prettyErrors: true, uniqueKeys: true });
  const [broken] = document.errors;
  if (broken !== undefined) throw wrong(path, broken.message);
  const parsed = promptFile.safeParse(toValue(path, document));
  if (!parsed.success) throw wrong(path, tell(parsed.error.issues[0]));
  const gap = parsed.data.versions.findIndex(({ version }, index) => version !== index + 1);
  if (gap >= 0) throw wrong(path, `versions are numbered from 1 without gaps; entry ${gap + 1} is not`);
  return parsed.data;
}

function toValue(path: string, document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount });
  } catch (cause) {
    throw wrong(path, cause instanceof Error ? cause.message : String(cause));
  }
}

function tell(issue: z.core.$ZodIssue | undefined): string {
  const place = issue?.path.map(String).join('.') ?? '';
  return `${place === '' ? 'the file' : place}: ${issue?.message ?? 'it cannot be read'}`;
}

function wrong(path: string, reason: string): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: `${path.slice(0, 200)} is no prompt of a registry: ${reason.trim()}`,
    param: 'files',
  });
}
