declare module 'opentype.js' {
  namespace opentype {
    type Command =
      | { readonly type: 'M' | 'L'; readonly x: number; readonly y: number }
      | {
          readonly type: 'Q';
          readonly x1: number;
          readonly y1: number;
          readonly x: number;
          readonly y: number;
        }
      | {
          readonly type: 'C';
          readonly x1: number;
          readonly y1: number;
          readonly x2: number;
          readonly y2: number;
          readonly x: number;
          readonly y: number;
        }
      | { readonly type: 'Z' };
    /** The part of the font parser that lettering uses. */
    type Font = {
      readonly unitsPerEm: number;
      charToGlyphIndex(character: string): number;
      getAdvanceWidth(text: string, fontSize: number): number;
      getPath(
        text: string,
        x: number,
        y: number,
        fontSize: number,
      ): { readonly commands: readonly Command[] };
    };
  }
  const opentype: { parse(bytes: ArrayBufferLike): opentype.Font };
  export = opentype;
}
