import { parseArgs } from 'node:util';
import { findFreePort } from '../../server/tests/support/find-free-port.ts';
import { openRelay } from '../../server/tests/support/open-relay.ts';
import { type Tried, tryWay, ways } from '../../server/tests/support/proxies/try-way.ts';
import { removeDataDirs, startPictor } from '../../server/tests/support/start-pictor.ts';
import { openNginx } from './open-nginx.ts';

/** Long enough for Cloudflare, which cuts connections that are quiet for 125 seconds. */
const cutterIdleMs = 125_000;

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '30,70,140' } } });

type Row = Tried & { readonly proxy: string; readonly engineSeconds: number };

const rows = await run(values.seconds.split(',').map(Number));
print(rows);
process.exitCode = rows.every(isGood) ? 0 : 1;

/** Every proxy, engine and way at the same time. */
async function run(engineSeconds: readonly number[]): Promise<Row[]> {
  const houses = [];
  for (const seconds of engineSeconds) {
    const pictor = await startPictor({ env: { PICTOR_SKETCH_DELAY_MS: String(seconds * 1000) } });
    const targetPort = Number(new URL(pictor.url).port);
    houses.push({ seconds, pictor, targetPort, port: await findFreePort() });
  }
  const nginx = await openNginx(houses);
  const trials: Promise<Row>[] = [];
  const cutters = [];
  for (const { seconds, pictor, targetPort, port } of houses) {
    const cutter = await openRelay({ targetPort, idleMs: cutterIdleMs });
    cutters.push(cutter);
    const proxies = [
      { proxy: 'nginx, 60 s', proxyPort: port },
      { proxy: 'cutter, 125 s', proxyPort: cutter.port },
    ];
    for (const { proxy, proxyPort } of proxies) {
      for (const way of ways) {
        const prompt = `a picture through ${proxy}, ${way}`;
        const trial = tryWay({ pictor, proxyPort, way, prompt });
        trials.push(trial.then((tried) => ({ ...tried, proxy, engineSeconds: seconds })));
      }
    }
  }
  try {
    return await Promise.all(trials);
  } finally {
    await nginx.close();
    await Promise.all([
      ...cutters.map((cutter) => cutter.close()),
      ...houses.map(({ pictor }) => pictor.kill()),
    ]);
    await removeDataDirs();
  }
}

function print(rows: readonly Row[]): void {
  const widths = [15, 10, 11, 10, 9, 14, 12];
  const line = (cells: readonly (string | number)[]): void =>
    console.log(cells.map((cell, index) => String(cell).padEnd(widths[index] ?? 0)).join(''));
  line(['proxy', 'engine', 'way', 'answered', 'attempts', 'engine calls', 'found by id']);
  for (const row of rows) {
    line([
      row.proxy,
      `${row.engineSeconds} s`,
      row.way,
      row.answered ? 'yes' : 'cut',
      row.attempts,
      row.engineCalls,
      row.foundById ? 'yes' : 'NO',
    ]);
  }
}

/** One call whatever happens, always found; only a client that never repeats may lose its connection. */
function isGood(row: Row): boolean {
  const kept = row.way === 'once' || row.answered;
  const quietly = row.way === 'plain' || row.attempts === 1;
  return kept && quietly && row.engineCalls === 1 && row.foundById;
}
