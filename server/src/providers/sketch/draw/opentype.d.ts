declare module 'opentype.js' {
  /** The part of the font parser that lettering uses. */
  export type Font = {
    readonly unitsPerEm: number;
    charToGlyphIndex(character: string): number;
    getAdvanceWidth(text: string, fontSize: number): number;
    getPath(text: string, x: number, y: number, fontSize: number): { toPathData(decimals: number): string };
  };
  const opentype: { parse(bytes: ArrayBufferLike): Font };

  // biome-ignore lint/style/noDefaultExport: the package is CommonJS, its one export is what Node gives as default

  export { opentype as default };
}
