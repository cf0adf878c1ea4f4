import { PictorError } from '../foundation/index.ts';
import type { Filter, FilterGroup, LogQuery } from '../logs/index.ts';
import { isWire, readInteger, readText, type Wire } from './wire.ts';

const maxPerPage = 100;

/** The body of a search, or of an analysis, in the words of our own. Throws `invalid_value`. */
export function readSearch(body: Wire): LogQuery {
  const perPage = readInteger(body.per_page) ?? 30;
  if (perPage < 1 || perPage > maxPerPage) throw wrong('per_page', `per_page is 1 to ${maxPerPage}.`);
  return {
    filter:
      body.filter_group === undefined || body.filter_group === null ? null : readGroup(body.filter_group),
    words: readText(body.q) ?? null,
    sortBy: readText(body.sort_by) ?? 'request_start_time',
    sortOrder: body.sort_order === 'asc' ? 'asc' : 'desc',
    page: Math.max(1, readInteger(body.page) ?? 1),
    perPage,
  };
}

const maxDepth = 20;

function readGroup(value: unknown, depth = 1): FilterGroup {
  if (depth > maxDepth) throw wrong('filter_group', 'The filters are nested too deeply.');
  if (!isWire(value) || !Array.isArray(value.filters)) {
    throw wrong('filter_group', 'A group of filters is {logic: "AND" or "OR", filters: […]}.');
  }
  const filters = value.filters.map((each: unknown) =>
    isWire(each) && Array.isArray(each.filters) ? readGroup(each, depth + 1) : readFilter(each),
  );
  return { logic: value.logic === 'OR' ? 'OR' : 'AND', filters };
}

function readFilter(value: unknown): Filter {
  const field = isWire(value) ? readText(value.field) : undefined;
  const operator = isWire(value) ? readText(value.operator) : undefined;
  if (!isWire(value) || field === undefined || operator === undefined) {
    throw wrong('filter_group', 'A filter is {field, operator, value}, with nested_key for metadata.');
  }
  return { field, operator, value: value.value, nestedKey: readText(value.nested_key) };
}

function wrong(param: string, message: string): PictorError {
  return new PictorError({ code: 'invalid_value', message, param });
}
