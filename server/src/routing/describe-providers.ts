import { openCatalogue } from '../catalogue/index.ts';
import type { ModelRow, ParameterRule, Provider } from '../models/index.ts';

/** The page about providers, made from what they say of themselves; Markdown. */
export function describeProviders(providers: readonly Provider[]): string {
  const catalogue = openCatalogue(
    providers.flatMap(({ models }) => models),
    [],
  );
  const sections = providers.map((provider) => describeProvider(provider, rowsOf(provider, catalogue.rows)));
  return `${head}${overview(providers)}\n${sections.join('\n')}`;
}

const head = `# Providers

This page is written by \`npm run reference\` from what every provider says of itself. Where several serve one model, the
upper row is asked first, unless a [route](guides/routing.md) says otherwise. *Proven* tells what a provider was run
against: the live service, with the day, or only servers that were written from its documentation. In the tables of
parameters, the first words hold for all models but those that are named behind them. They tell what the models take;
what a service makes of it is in its guide: [OpenAI](guides/openai.md), [Azure](guides/azure.md),
[Gemini and Vertex AI](guides/gemini.md), [engines of your own](guides/compatible-engines.md).

`;

function overview(providers: readonly Provider[]): string {
  const rows = providers.map(
    ({ id, title, prefixes, proven, external }) =>
      `| [${title}](#${toAnchor(title)}) | \`${id}\` | ${prefixes.map((prefix) => `\`${prefix}/…\``).join(', ') || '–'} | ${tellProof(
        proven,
        external,
      )} |`,
  );
  return ['| Provider | Id | In front of a model | Proven |', '|---|---|---|---|', ...rows, ''].join('\n');
}

function tellProof({ live }: Provider['proven'], external: boolean): string {
  if (!external) return 'itself: it draws in this process';
  return live === null ? 'only its documented wire' : `the live service, ${live}`;
}

function describeProvider(provider: Provider, rows: readonly ModelRow[]): string {
  const { title, id, variables, settings, proven } = provider;
  const yaml =
    settings === undefined
      ? 'Nothing: variables are enough.'
      : `Under \`providers.${id}\`; see [the guide](guides/providers-settings.md).`;
  const models = rows.map((row) => `\`${row.id}\``).join(', ') || 'Those that its settings name.';
  return [
    `## ${title}`,
    '',
    `Models: ${models}`,
    '',
    `In \`pictor.yaml\`: ${yaml}`,
    '',
    `Written after: ${proven.wire}.`,
    '',
    ...tableOfVariables(variables),
    ...tableOfParameters(rows),
  ].join('\n');
}

function tableOfVariables(variables: Provider['variables']): readonly string[] {
  if (variables.length === 0) return [];
  const rows = variables.map(({ name, purpose }) => `| \`${name}\` | ${toCell(purpose)} |`);
  return ['| Variable | What it is |', '|---|---|', ...rows, ''];
}

function tableOfParameters(rows: readonly ModelRow[]): readonly string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.parameters)))].toSorted();
  if (names.length === 0) return [];
  const lines = names.map((name) => {
    const told = new Map<string, string[]>();
    for (const row of rows) {
      const rule = Object.entries(row.parameters).find(([each]) => each === name)?.[1];
      const text = rule === undefined ? 'not there' : describeRule(rule);
      told.set(text, [...(told.get(text) ?? []), row.id]);
    }
    const [most, ...others] = [...told].toSorted(([, a], [, b]) => b.length - a.length);
    const cells = [
      most?.[0] ?? '',
      ...others.map(([text, ids]) => `${ids.map((id) => `\`${id}\``).join(', ')}: ${text}`),
    ];
    return `| \`${name}\` | ${toCell(cells.join('; '))} |`;
  });
  return ['| Parameter | What its models take |', '|---|---|', ...lines, ''];
}

function describeRule(rule: ParameterRule): string {
  switch (rule.kind) {
    case 'choice': {
      const values = rule.values.join(', ');
      const approximated = Object.entries(rule.approximated ?? {}).map(
        ([from, to]) => `${from} becomes ${to}`,
      );
      return [values, ...approximated].join('; ');
    }
    case 'choices':
      return `any of ${rule.values.join(', ')}`;
    case 'integer':
    case 'number':
      return `${rule.min} to ${rule.max}`;
    case 'text':
      return `text, ${rule.maxLength} characters`;
    case 'flag':
      return 'true or false';
  }
}

/** Models without a snapshot's date, which has the same rules as the model itself. */
function rowsOf(provider: Provider, rows: readonly ModelRow[]): readonly ModelRow[] {
  const own = new Set(provider.models.map(({ id }) => id));
  return rows.filter(
    (row) =>
      (own.has(row.id) || provider.vendors[0] === row.vendor) &&
      row.family !== 'text' &&
      !/-\d{4}-\d{2}-\d{2}$/.test(row.id),
  );
}

function toAnchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}

function toCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
