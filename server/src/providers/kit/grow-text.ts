/** UTF-8 text that grows byte by byte up to a limit. */
export type GrowingText = {
  readonly push: (byte: number) => void;
  /** In bytes. */
  readonly length: () => number;
  /** Everything from a byte on; a byte order mark at the very beginning is left out. */
  readonly from: (start: number) => string;
};

/** Pushing more than `maxBytes` throws a SyntaxError. */
export function openText(maxBytes: number): GrowingText {
  let buffer = Buffer.allocUnsafe(1024);
  let length = 0;
  return {
    push: (byte) => {
      if (length >= maxBytes) throw new SyntaxError(`There are more than ${maxBytes} bytes of text.`);
      if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
      buffer[length] = byte;
      length += 1;
    },
    length: () => length,
    from: (start) => new TextDecoder().decode(buffer.subarray(start, length)),
  };
}
