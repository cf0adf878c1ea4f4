/** The size of one piece of the kitty protocol, in characters of base64. */
const kittyPiece = 4096;

/** Escape sequences that show a picture where the cursor is. Kitty's protocol takes PNG only: null for anything else. */
export function showPicture(bytes: Uint8Array, protocol: 'iterm' | 'kitty'): string | null {
  const base64 = Buffer.from(bytes).toString('base64');
  if (protocol === 'iterm') {
    return `\u001b]1337;File=inline=1;size=${bytes.length};height=20;preserveAspectRatio=1:${base64}\u0007\n`;
  }
  if (bytes[0] !== 0x89) return null;
  const pieces: string[] = [];
  for (let at = 0; at < base64.length; at += kittyPiece) {
    const isLast = at + kittyPiece >= base64.length;
    const head = at === 0 ? `a=T,f=100,r=20,m=${isLast ? 0 : 1}` : `m=${isLast ? 0 : 1}`;
    pieces.push(`\u001b_G${head};${base64.slice(at, at + kittyPiece)}\u001b\\`);
  }
  return `${pieces.join('')}\n`;
}
