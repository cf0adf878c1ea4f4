// How FastAPI answers: https://fastapi.tiangolo.com/tutorial/handling-errors/, read 2026-11-21.
import type { ReadRequest } from './read-upstream-request.ts';
import { type Answer, jsonAnswer } from './serve-upstream.ts';

/** `{"detail": "…"}` */
export function detail(status: number, message: string): Answer {
  return jsonAnswer(status, { detail: message });
}

/** A validation that failed: `{"detail": [{"type", "loc", "msg", "input"}]}`. */
export function invalid(name: string, message: string): Answer {
  return jsonAnswer(422, {
    detail: [{ type: 'value_error', loc: ['body', name], msg: message, input: null }],
  });
}

/** A number within bounds, or nothing at all. */
export function isWithin(value: unknown, min: number, max: number): boolean {
  return value === undefined || (Number(value) >= min && Number(value) <= max);
}

/** The kind of body that each route takes; null: it is right. */
export function checkKind(request: ReadRequest): Answer | null {
  const isForm = request.path.endsWith('/edits');
  return request.kind === (isForm ? 'form' : 'json') ? null : invalid('body', 'Input should be another type');
}

/**
 * The first member that the service would not read; null: there is none. The services themselves pass such members
 * over in silence, and a test has to notice that.
 */
export function findStranger(request: ReadRequest, known: readonly string[]): string | null {
  const names = [...request.fields.map(([name]) => name), ...request.files.map((file) => file.name)];
  return names.find((name) => !known.includes(name)) ?? null;
}
