import { isTest, providerCells } from './policy.ts';
import { type Edge, type Violation, violationAt } from './source-file.ts';

/** A provider's cell knows only the contract and the kit, and nobody knows a cell. */
export function checkProviders(edges: readonly Edge[]): Violation[] {
  return edges.flatMap((edge) => {
    if (edge.target.kind !== 'file' || isTest(edge.from)) return [];
    const target = edge.target.path;
    const fromCell = cellOf(edge.from);
    const toCell = cellOf(target);
    if (fromCell !== undefined && fromCell === toCell) return [];
    if (toCell !== undefined && !isAllowedToName(edge.from)) {
      const sentence = `No file knows the provider ${toCell} by name; providers/catalog.ts finds it.`;
      return [violationAt(edge, 'provider', sentence)];
    }
    if (fromCell === undefined || mayBeImportedByCell(target)) return [];
    const reach = ['providers/kit', ...providerCells.rooms].join(', ');
    return [
      violationAt(edge, 'provider', `The provider ${fromCell} may import only ${reach}, not ${target}.`),
    ];
  });
}

/** The name of the provider whose folder holds a file. */
function cellOf(file: string): string | undefined {
  if (!file.startsWith(`${providerCells.folder}/`)) return undefined;
  const [name = '', ...rest] = file.slice(providerCells.folder.length + 1).split('/');
  return rest.length === 0 || isOneOf(providerCells.shared, name) ? undefined : name;
}

function mayBeImportedByCell(target: string): boolean {
  return (
    target.startsWith(`${providerCells.folder}/kit/`) ||
    providerCells.rooms.some((room) => target.startsWith(`server/src/${room}/`))
  );
}

function isAllowedToName(file: string): boolean {
  return isOneOf(providerCells.namedBy, file);
}

function isOneOf(list: readonly string[], name: string): boolean {
  return list.includes(name);
}
