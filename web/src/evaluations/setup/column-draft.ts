import type { EvaluationColumn } from '@pictor/sdk';
import { type ColumnKind, kindOf, type Setting } from './column-types.ts';

/** A column while it is written: its settings as the texts of a form. */
export type ColumnDraft = {
  /** Of a column that is there already. */
  readonly id: string | undefined;
  readonly name: string;
  readonly type: ColumnKind['type'];
  readonly texts: Readonly<Record<string, string>>;
};

export function toDraft(column: EvaluationColumn): ColumnDraft {
  const config: Readonly<Record<string, unknown>> = column.config;
  const texts = kindOf(column.type).settings.flatMap((setting) => {
    const value = config[setting.name];
    return value === undefined ? [] : [[setting.name, writeSetting(setting, value)] as const];
  });
  return { id: column.id, name: column.name, type: column.type, texts: Object.fromEntries(texts) };
}

function writeSetting(setting: Setting, value: unknown): string {
  if (setting.kind === 'lines' && Array.isArray(value)) return value.join('\n');
  if (setting.kind === 'json') return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return String(value);
}

/**
 * The column that a draft stands for; what the server says of a wrong one is shown beside the form. Throws where JSON
 * cannot be read.
 */
export function toColumn(draft: ColumnDraft): EvaluationColumn {
  const config = kindOf(draft.type).settings.flatMap((setting) => {
    const text = draft.texts[setting.name] ?? '';
    const value = readSetting(setting, text);
    return value === undefined ? [] : [[setting.name, value] as const];
  });
  const column = {
    ...(draft.id === undefined ? {} : { id: draft.id }),
    name: draft.name.trim(),
    type: draft.type,
    config: Object.fromEntries(config),
  };
  // The server checks its shape, and says what is wrong with which setting.
  return column as EvaluationColumn;
}

function readSetting(setting: Setting, text: string): unknown {
  if (text.trim() === '') return undefined;
  switch (setting.kind) {
    case 'lines':
      return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
    case 'number':
      return Number(text);
    case 'switch':
      return text === 'true' ? true : undefined;
    case 'json':
      return readJson(setting, text);
    default:
      return text;
  }
}

/** A value by itself may be a plain text or a `{name}`; everything else is JSON. */
function readJson(setting: Setting, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (setting.name === 'value') return text;
    throw new Error(`“${setting.label}” is no JSON.`);
  }
}
