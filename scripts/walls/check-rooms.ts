import { doors, isTest, rooms, rootFiles } from './policy.ts';
import { type Edge, type Violation, violationAt } from './source-file.ts';

const serverSource = 'server/src/';

/** Rooms are entered by their doors, by those who are listed for them, and every room is listed. */
export function checkRooms(files: readonly string[], edges: readonly Edge[]): Violation[] {
  return [...checkRows(files), ...edges.flatMap(checkEdge)];
}

/** A folder or file directly in server/src without a row of the policy. */
function checkRows(files: readonly string[]): Violation[] {
  return files.flatMap((file) => {
    const place = placeOf(file);
    if (place === undefined || isTest(file) || hasRow(place)) return [];
    const sentence = `${serverSource}${place.name} has no row in scripts/walls/policy.ts; say there what it may import.`;
    return [{ file, line: 1, rule: 'room', sentence }];
  });
}

function hasRow(place: Place): boolean {
  return Object.hasOwn(place.kind === 'room' ? rooms : rootFiles, place.name);
}

function checkEdge(edge: Edge): Violation[] {
  if (edge.target.kind !== 'file' || isTest(edge.from)) return [];
  const from = placeOf(edge.from);
  const to = placeOf(edge.target.path);
  if (from === undefined || to === undefined || (from.kind === to.kind && from.name === to.name)) return [];
  if (to.kind === 'file') {
    const mayImport = from.kind === 'file' && (rootFiles[from.name]?.files.includes(to.name) ?? false);
    return mayImport
      ? []
      : [violationAt(edge, 'room', `${nameOf(from)} may not import ${to.name}, which joins rooms.`)];
  }
  return [...checkRoomIsListed(edge, from, to.name), ...checkDoor(edge, edge.target.path, to.name)];
}

function checkRoomIsListed(edge: Edge, from: Place, room: string): Violation[] {
  const allowed = from.kind === 'room' ? rooms[from.name]?.rooms : rootFiles[from.name]?.rooms;
  // Without a row there is already one violation for the whole place.
  if (allowed === undefined || allowed === 'every' || allowed.includes(room)) return [];
  return [violationAt(edge, 'room', `${nameOf(from)} may not import the room ${room}.`)];
}

function checkDoor(edge: Edge, target: string, room: string): Violation[] {
  const roomDoors = doors[room] ?? ['index.ts'];
  if (roomDoors.some((door) => target === `${serverSource}${room}/${door}`)) return [];
  return [
    violationAt(
      edge,
      'room',
      `The room ${room} is entered through its ${roomDoors.join(' or ')}, not ${target}.`,
    ),
  ];
}

type Place = { readonly kind: 'room' | 'file'; readonly name: string };

/** The room or the root file that a path belongs to; undefined outside server/src. */
function placeOf(file: string): Place | undefined {
  if (!file.startsWith(serverSource)) return undefined;
  const [name = '', ...rest] = file.slice(serverSource.length).split('/');
  return { kind: rest.length === 0 ? 'file' : 'room', name };
}

function nameOf(place: Place): string {
  return place.kind === 'room' ? `The room ${place.name}` : place.name;
}
