import { useMemo } from 'react';
import type { Condition, FilterField, FilterNode } from '../filters/filter-field.ts';
import { toGroup } from '../filters/to-group.ts';
import { useFilterFields } from '../filters/use-filter-fields.ts';
import type { GallerySearch } from './gallery-search.ts';

/** What images themselves have, beside what their requests have. */
const ofImages: readonly FilterField[] = [
  { name: 'image.tag', label: 'Image tag', group: 'Images', kind: 'array', operators: ['contains'] },
  {
    name: 'image.type',
    label: 'File type',
    group: 'Images',
    kind: 'string',
    operators: ['is'],
    options: ['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml'],
  },
  { name: 'image.day', label: 'Day made', group: 'Images', kind: 'datetime', operators: ['between'] },
];

export type ImageFilters = {
  readonly fields: readonly FilterField[];
  readonly nodes: readonly FilterNode[];
  readonly onNodes: (nodes: readonly FilterNode[]) => void;
};

/** The filters of the address as chips: those of images in front of those of their requests. */
export function useGalleryFilters(
  search: GallerySearch,
  change: (change: Partial<GallerySearch>) => void,
): ImageFilters {
  const ofRequests = useFilterFields();
  const fields = useMemo(() => [...ofImages, ...ofRequests], [ofRequests]);
  return {
    fields,
    nodes: toNodes(search),
    onNodes: (nodes) => change(fromNodes(nodes)),
  };
}

function toNodes({ tags = [], type, from, to, filter }: GallerySearch): FilterNode[] {
  return [
    ...tags.map((value): Condition => ({ field: 'image.tag', operator: 'contains', value })),
    ...(type === undefined ? [] : [{ field: 'image.type', operator: 'is', value: type } as const]),
    ...(from === undefined && to === undefined
      ? []
      : [
          {
            field: 'image.day',
            operator: 'between',
            value: [from ?? firstDay, to ?? new Date().toISOString().slice(0, 10)],
          } as const,
        ]),
    ...((filter?.logic === 'OR' ? [filter] : filter?.filters) ?? []),
  ];
}

/** Before any picture. */
const firstDay = '2020-01-01';

function fromNodes(nodes: readonly FilterNode[]): Partial<GallerySearch> {
  const own = nodes.filter((node) => 'field' in node);
  const find = (name: string) => own.findLast((node) => node.field === name)?.value;
  const tags = own.filter((node) => node.field === 'image.tag').map((node) => String(node.value));
  const type = find('image.type');
  const days = find('image.day');
  const others = nodes.filter((node) => !('field' in node && node.field.startsWith('image.')));
  return {
    tags: tags.length === 0 ? undefined : [...new Set(tags)],
    type: type === undefined ? undefined : String(type),
    from: Array.isArray(days) ? String(days[0]) : undefined,
    to: Array.isArray(days) ? String(days[1]) : undefined,
    filter: toGroup(others, 'AND'),
  };
}
