/** One place in a file that names another module, in any of the ways that TypeScript has. */
export type ImportSite = {
  readonly line: number;
  /** As written: `./ids.ts`, `fastify`. */
  readonly specifier: string;
  /** `start` is a worker's file named by `new URL(…, import.meta.url)`: it is entered, but not loaded here. */
  readonly kind: 'load' | 'start';
};

export type SourceFile = {
  /** From the root, with slashes: `server/src/main.ts`. */
  readonly path: string;
  readonly lineCount: number;
  readonly imports: readonly ImportSite[];
  /** Lines where the environment is read. */
  readonly environmentReads: readonly number[];
  /** Lines with an `import(…)` or `require(…)` of something other than a plain string. */
  readonly computedImports: readonly number[];
};

/** Where an import leads. */
export type Target =
  | { readonly kind: 'file'; readonly path: string; readonly byPackageName: boolean }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'library'; readonly name: string }
  | { readonly kind: 'nowhere' };

/** An import with the place it leads to. */
export type Edge = { readonly from: string; readonly site: ImportSite; readonly target: Target };

export type Rule =
  | 'unseen'
  | 'unresolved'
  | 'room'
  | 'provider'
  | 'library'
  | 'environment'
  | 'cycle'
  | 'package'
  | 'length'
  | 'computed'
  | 'test';

export type Violation = {
  readonly file: string;
  readonly line: number;
  readonly rule: Rule;
  readonly sentence: string;
};

/** The violation of a rule by one import. */
export function violationAt(edge: Edge, rule: Rule, sentence: string): Violation {
  return { file: edge.from, line: edge.site.line, rule, sentence };
}
