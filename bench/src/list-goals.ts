import type { Results } from './write-report.ts';

export type Goal = { readonly goal: string; readonly reached: string; readonly isMet: boolean };

/** What the project wants to reach, beside what this run shows. Empty where it was not measured. */
export function listGoals({ cells, light, memory }: Results): Goal[] {
  const rate = (target: string, name: string, callers = 16): number =>
    cells.find(
      (cell) => cell.target === target && cell.scenario.name === name && cell.scenario.callers === callers,
    )?.perSecond ?? Number.NaN;
  const times = (goal: string, value: number, least: number): Goal => ({
    goal,
    reached: value.toFixed(2),
    isMet: value >= least,
  });
  const ratios = [
    times(
      '2 MB answers, 16 callers: at least 10 × Portkey',
      rate('Pictor', '2 MB JSON') / rate('Portkey', '2 MB JSON'),
      10,
    ),
    times(
      '2 MB answers, 16 callers: at least 0.6 of nginx',
      rate('Pictor', '2 MB JSON') / rate('nginx', '2 MB JSON'),
      0.6,
    ),
    times(
      '2 kB answers, 16 callers: at least 3 × Portkey',
      rate('Pictor', '2 kB JSON') / rate('Portkey', '2 kB JSON'),
      3,
    ),
  ].filter(({ reached }) => reached !== 'NaN');
  const delays = cells.flatMap((cell) => (cell.loopP99Ms === null ? [] : [cell.loopP99Ms]));
  const most = (goal: string, value: number, limit: number, unit: string): Goal => ({
    goal,
    reached: `${value.toFixed(1)} ${unit}`,
    isMet: value < limit,
  });
  const first = light
    .filter(({ target }) => target === 'Pictor')
    .map((each) => ({
      name: each.name,
      laterMs:
        each.firstMs -
        (light.find(({ name, target }) => name === each.name && target === 'direct')?.firstMs ?? 0),
    }));
  return [
    ...ratios,
    ...(memory === null
      ? []
      : [
          most(
            '64 answers of 20 MB at once: less than 300 MB of growth',
            memory.peakMegabytes - memory.beforeMegabytes,
            300,
            'MB',
          ),
        ]),
    ...(delays.length === 0
      ? []
      : [
          most(
            'Event loop late by less than 50 ms at p99, in the worst scenario',
            Math.max(...delays),
            50,
            'ms',
          ),
        ]),
    ...first.map(({ name, laterMs }) =>
      most(`First kilobyte at most 5 ms later than direct: ${name}`, laterMs, 5, 'ms'),
    ),
  ];
}
