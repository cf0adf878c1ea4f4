/** A parameter in the form that goes to the engine: text is what it takes for every type, bytes go as they are. */
function toBytes(value: unknown): Uint8Array | null {
  if (value === null || value instanceof Uint8Array) return value;
  return Buffer.from(String(value));
}

const textFormat = 0;
const binaryFormat = 1;

/**
 * PostgreSQL's `Bind` message for the unnamed portal, with results as text. The one of PGlite looks at every character
 * and copies the whole four times, which for rows as JSON takes as long as reading them.
 */
export function writeBind(statement: string, parameters: readonly unknown[]): Uint8Array {
  const values = parameters.map(toBytes);
  const nameLength = Buffer.byteLength(statement);
  const valueLength = values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), 0);
  // Code, length, two names with their ends, and the counts of formats, values and formats of results.
  const message = Buffer.allocUnsafe(
    1 + 4 + 1 + nameLength + 1 + 2 + 2 * values.length + 2 + valueLength + 2,
  );
  let at = message.write('B', 0, 'latin1');
  at = message.writeInt32BE(message.length - 1, at);
  at = message.writeUInt8(0, at);
  at += message.write(statement, at);
  at = message.writeUInt8(0, at);
  at = message.writeUInt16BE(values.length, at);
  for (const parameter of parameters)
    at = message.writeInt16BE(parameter instanceof Uint8Array ? binaryFormat : textFormat, at);
  at = message.writeUInt16BE(values.length, at);
  for (const value of values) {
    at = message.writeInt32BE(value?.length ?? -1, at);
    if (value === null) continue;
    message.set(value, at);
    at += value.length;
  }
  message.writeInt16BE(0, at);
  return message;
}
