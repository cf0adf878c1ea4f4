/** What a service says of a failure, in whatever of the usual shapes it says it. */
export type ErrorBody = {
  readonly message?: string;
  readonly type?: string;
  readonly code?: string;
  readonly param?: string;
  readonly moderation?: {
    readonly stage: 'input' | 'output' | 'unknown';
    readonly categories: readonly string[];
  };
};

/**
 * Reads `{error: {message, type, code, param, moderation_details}}`, `{error: "…"}`, `{detail: "…"}`,
 * `{detail: [{loc, msg}]}` and `{message}`. Null: none of these.
 */
export function readErrorBody(body: unknown): ErrorBody | null {
  if (!isRecord(body)) return null;
  const { error, detail } = body;
  if (typeof error === 'string') return { message: text(body.message) ?? error };
  if (isRecord(error)) return readErrorObject(error);
  if (typeof detail === 'string') return { message: detail };
  if (Array.isArray(detail)) return readDetails(detail);
  if (isRecord(detail)) return readErrorObject(detail);
  return typeof body.message === 'string' ? readErrorObject(body) : null;
}

function readErrorObject(error: Readonly<Record<string, unknown>>): ErrorBody {
  const moderation = readModeration(error.moderation_details) ?? readFilterResults(error);
  return {
    ...optional('message', text(error.message)),
    ...optional('type', text(error.type)),
    ...optional('code', text(error.code)),
    ...optional('param', text(error.param)),
    ...(moderation === undefined ? {} : { moderation }),
  };
}

/** The list of validation failures that FastAPI answers with; the first one is told. */
function readDetails(details: readonly unknown[]): ErrorBody {
  const first = details.find(isRecord);
  if (first === undefined) return {};
  const place: unknown = Array.isArray(first.loc) ? first.loc.at(-1) : undefined;
  return { ...optional('message', text(first.msg)), ...optional('param', text(place)) };
}

function readModeration(details: unknown): NonNullable<ErrorBody['moderation']> | undefined {
  if (!isRecord(details)) return undefined;
  const stage = details.moderation_stage;
  const categories = Array.isArray(details.categories) ? details.categories : [];
  return {
    stage: stage === 'input' || stage === 'output' ? stage : 'unknown',
    categories: categories.filter((category) => typeof category === 'string'),
  };
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A member that is absent rather than undefined. */
function optional(name: 'message' | 'type' | 'code' | 'param', value: string | undefined): ErrorBody {
  return value === undefined ? {} : { [name]: value };
}

/**
 * The categories that a content filter names in `content_filter_results`, in the error itself or in the error inside it:
 * `{hate: {filtered: true, severity: 'high'}, jailbreak: {detected: false, filtered: false}}`. Undefined: nothing was
 * filtered.
 */
function readFilterResults(
  error: Readonly<Record<string, unknown>>,
): NonNullable<ErrorBody['moderation']> | undefined {
  const places = [error, error.inner_error, error.innererror].filter(isRecord);
  const results = places
    .flatMap((place) => [place.content_filter_results, place.content_filter_result])
    .filter(isRecord);
  const categories = results.flatMap((each) => Object.keys(each).filter((name) => isFiltered(each[name])));
  if (categories.length === 0) return undefined;
  const text = typeof error.message === 'string' ? error.message : '';
  const ofOutput = /generated (image|content)|response/i.test(text) && !/prompt/i.test(text);
  const ofInput = error.param === 'prompt' || /prompt/i.test(text);
  return { stage: ofOutput ? 'output' : ofInput ? 'input' : 'unknown', categories: [...new Set(categories)] };
}

function isFiltered(result: unknown): boolean {
  return isRecord(result) && result.filtered === true;
}

/** An object that is no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
