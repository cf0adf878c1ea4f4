declare module 'opentype.js' {
  namespace opentype {
    /** The part of the font parser that lettering uses. */
    type Font = {
      readonly unitsPerEm: number;
      charToGlyphIndex(character: string): number;
      getAdvanceWidth(text: string, fontSize: number): number;
      getPath(text: string, x: number, y: number, fontSize: number): { toPathData(decimals: number): string };
    };
  }
  const opentype: { parse(bytes: ArrayBufferLike): opentype.Font };
  export = opentype;
}
