const nanoDigits = 9;

/**
 * An amount in USD as it is written (`0.04`, `"5.25"`, `1e-7`), as exact nano-USD divided by `per`. Null: it is no amount,
 * or it is finer than a whole nano-USD. Text is turned digit by digit: no binary fraction comes in between.
 */
export function toNanoUsd(amount: string | number, per = 1): number | null {
  const match = /^\$?(\d+)(?:\.(\d+))?(?:e(-?\d+))?$/i.exec(String(amount).trim());
  if (match === null) return null;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const shift = nanoDigits - fraction.length + Number(exponent);
  if (Math.abs(shift) > 40) return null;
  const digits = BigInt(whole + fraction);
  const scaled = shift >= 0 ? digits * 10n ** BigInt(shift) : digits;
  const divisor = (shift >= 0 ? 1n : 10n ** BigInt(-shift)) * BigInt(per);
  if (scaled % divisor !== 0n) return null;
  const nano = Number(scaled / divisor);
  return Number.isSafeInteger(nano) ? nano : null;
}
