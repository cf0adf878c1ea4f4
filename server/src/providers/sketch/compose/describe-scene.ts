import type { Reading } from '../read-prompt/reading.ts';

const places: Readonly<Record<string, string>> = {
  sea: 'at sea',
  table: 'on a table',
  studio: 'against a plain background',
  space: 'in outer space',
  sky: 'up in the sky',
  snow: 'in a winter landscape',
  mountains: 'in the mountains',
  beach: 'on a beach',
  stage: 'on a stage',
  road: 'on a road',
  underwater: 'under water',
  lake: 'by a lake',
  room: 'in a living room',
};

/** One sentence that says what the picture shows. */
export function describeScene(reading: Reading, place: string): string {
  const names = reading.things.map((thing) => {
    const adjectives = thing.adjectives
      .filter((word) => word !== 'cute' && !word.startsWith('as '))
      .join(' ');
    const said = [thing.count > 1 ? String(thing.count) : '', adjectives, thing.word]
      .filter((part) => part !== '')
      .join(' ');
    return thing.count > 1
      ? `${said}${/s$/.test(said) ? '' : 's'}`
      : `${/^[aeiou]/.test(said) ? 'an' : 'a'} ${said}`;
  });
  const where = places[place] ?? `in a ${place}`;
  const when =
    reading.time === undefined || reading.time === 'day'
      ? ''
      : reading.time === 'night'
        ? ' at night'
        : ` at ${reading.time}`;
  if (names.length === 0) return `A scene ${where}${when}.`;
  const last = names.at(-1) ?? '';
  const list = names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
  return `${list.charAt(0).toUpperCase()}${list.slice(1)} ${where}${when}.`;
}
