import { fileURLToPath } from 'node:url';
import { checkTree } from './walls/check-tree.ts';

const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const { fileCount, violations } = checkTree(root);
for (const { file, line, rule, sentence } of violations) {
  process.stdout.write(`${file}:${line} ${rule} — ${sentence}\n`);
}
process.stdout.write(`${fileCount} files, ${violations.length} violations\n`);
process.exitCode = violations.length === 0 ? 0 : 1;
