const maxFilenameLength = 255;

/** The caller's name for a file, without folders and control characters; `file` where nothing is left. */
export function readFilename(sent: string): string {
  const name = (sent.split(/[/\\]/).at(-1) ?? '')
    // Control and format characters: a name must not end a header line or turn its own text around.
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, maxFilenameLength)
    .toWellFormed();
  return name === '' || name === '.' || name === '..' ? 'file' : name;
}

/** A declared media type without parameters, lower-case; `application/octet-stream` where it is none. */
export function readMediaType(declared: string): string {
  const mediaType = declared.split(';')[0]?.trim().toLowerCase() ?? '';
  return /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/.test(mediaType)
    ? mediaType
    : 'application/octet-stream';
}

/** `Content-Disposition` that saves under the name: plain for old readers, and whole in UTF-8 beside it. */
export function toContentDisposition(filename: string): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const whole = encodeURIComponent(filename).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"${plain === filename ? '' : `; filename*=UTF-8''${whole}`}`;
}
