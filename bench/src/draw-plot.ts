import type { Cell } from './summarise.ts';

const colours = { direct: '#b8b8b8', nginx: '#5b8c5a', Portkey: '#c98b2b', Pictor: '#3b62b5' } as const;
const targets = ['direct', 'nginx', 'Portkey', 'Pictor'] as const;

const width = 900;
const height = 420;
const left = 60;
const top = 50;
const plotHeight = 300;
const fewest = 0.5;

/** Requests per second with 16 callers, as an SVG; each line of the scale is ten times the one below. */
export function drawPlot(cells: readonly Cell[]): string {
  const shown = cells.filter((cell) => cell.scenario.callers === 16);
  const names = [...new Set(shown.map((cell) => cell.scenario.name))];
  const most = Math.max(10, ...shown.map((cell) => cell.perSecond));
  const decades = Math.ceil(Math.log10(most / fewest));
  const y = (value: number): number =>
    top + plotHeight * (1 - Math.log10(Math.max(value, fewest) / fewest) / decades);
  const groupWidth = (width - left - 20) / Math.max(1, names.length);
  const barWidth = (groupWidth - 24) / targets.length;
  const bars = shown.map((cell) => {
    const x =
      left + names.indexOf(cell.scenario.name) * groupWidth + 12 + targets.indexOf(cell.target) * barWidth;
    const from = y(cell.perSecond);
    const label = cell.perSecond < 10 ? cell.perSecond.toFixed(1) : cell.perSecond.toFixed(0);
    return `<rect x="${x.toFixed(1)}" y="${from.toFixed(1)}" width="${(barWidth - 3).toFixed(1)}" height="${(top + plotHeight - from).toFixed(1)}" fill="${colours[cell.target]}"/>${text(x + barWidth / 2, from - 4, label, 'middle', 9)}`;
  });
  const lines = [1, 10, 100, 1000, 10_000, 100_000]
    .filter((value) => value <= fewest * 10 ** decades)
    .map(
      (value) =>
        `<line x1="${left}" x2="${width - 10}" y1="${y(value)}" y2="${y(value)}" stroke="#ddd"/>${text(left - 6, y(value) + 4, String(value), 'end', 11)}`,
    );
  const titles = names.map((name, index) =>
    text(left + (index + 0.5) * groupWidth, top + plotHeight + 20, name, 'middle', 12),
  );
  const legend = targets.map(
    (target, index) =>
      `<rect x="${left + index * 110}" y="${height - 28}" width="12" height="12" fill="${colours[target]}"/>${text(left + 18 + index * 110, height - 18, target, 'start', 12)}`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif"><title>Requests per second by answer and target, 16 callers</title><rect width="${width}" height="${height}" fill="#fff"/>${text(left, 24, 'Requests per second, 16 callers (more is better; each line is ten times the one below)', 'start', 14)}${[...lines, ...bars, ...titles, ...legend].join('')}</svg>\n`;
}

function text(x: number, y: number, words: string, anchor: string, size: number): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" font-size="${size}" fill="#333">${words}</text>`;
}
