import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { Stop } from './run-command.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macPlace = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** The absolute path of the browser that the screen tests drive. Throws `Stop` if there is none. */
export function findChromium() {
  const chosen = process.env.PICTOR_CHROMIUM;
  if (chosen) {
    if (canRun(chosen)) return chosen;
    throw new Stop(1, `PICTOR_CHROMIUM is ${chosen}, and there is no program at that path.`);
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const places = names.flatMap((name) => ['/usr/bin', ...folders].map((folder) => path.join(folder, name)));
  const found = [...places, macPlace].find(canRun);
  if (found !== undefined) return found;
  throw new Stop(
    1,
    [
      'The screen tests need Chromium, and there is none on this machine.',
      '  Debian, Ubuntu:  sudo apt-get install chromium',
      '  macOS:           install Google Chrome',
      '  anywhere else:   set PICTOR_CHROMIUM to the path of a Chromium or Chrome',
    ].join('\n'),
  );
}

function canRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
