import { useDocumentTitle } from '@mantine/hooks';

const longest = 80;

/** Names the tab of the browser after what is shown. Every page calls it, most by their `PageHeader`. */
export function usePageTitle(title: string): void {
  const text = title.length > longest ? `${title.slice(0, longest).trimEnd()}…` : title;
  useDocumentTitle(`${text} · Pictor`);
}
