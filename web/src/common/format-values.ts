/** USD with as many digits as small sums need: `$0.0421`, `$1.25`, `$0`. */
export function formatUsd(usd: number): string {
  if (usd === 0) return '$0';
  const digits = Math.abs(usd) >= 1 ? 2 : 4;
  const text = Math.abs(usd) < 0.0001 ? usd.toPrecision(2) : usd.toFixed(digits);
  return `$${text.replace(/(\.\d\d\d*?)0+$/, '$1')}`;
}

/** A duration as a person would say it: `850 ms`, `12.3 s`, `2 min 05 s`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`;
  const seconds = durationMs / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** File sizes in decimal units: `812 B`, `45 kB`, `1.4 MB`. */
export function formatBytes(byteCount: number): string {
  if (byteCount < 1000) return `${byteCount} B`;
  if (byteCount < 999_500) return `${Math.round(byteCount / 1000)} kB`;
  return `${(byteCount / 1e6).toFixed(1)} MB`;
}

/** `image/svg+xml` → `SVG`, `image/jpeg` → `JPEG`. */
export function formatMediaType(mediaType: string): string {
  return (mediaType.split('/')[1] ?? mediaType).replace(/\+.*$/, '').toUpperCase();
}

/** `1024x1536` → `1024 × 1536`; other words stay. */
export function formatSize(size: string): string {
  return size.replace(/^(\d+)x(\d+)$/, '$1 × $2');
}

/** The name of a parameter for people: `output_format` → `Output format`. */
export function formatParameterName(name: string): string {
  const words = name === 'n' ? 'pictures' : name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The value of a parameter as people write it; what is no text, as JSON. */
export function formatParameterValue(value: unknown): string {
  return typeof value === 'string' ? formatSize(value) : (JSON.stringify(value) ?? 'nothing');
}

const steps = [
  { unit: 'minute', seconds: 60, below: 3600 },
  { unit: 'hour', seconds: 3600, below: 86_400 },
  { unit: 'day', seconds: 86_400, below: 7 * 86_400 },
] as const;

/** `just now`, `5 minutes ago`, `yesterday`; a date from a week on. Both times in unix seconds. */
export function formatRelativeTime(atSeconds: number, nowSeconds: number): string {
  const age = Math.max(0, nowSeconds - atSeconds);
  if (age < 45) return 'just now';
  const step = steps.find(({ below }) => age < below);
  if (step === undefined) {
    return new Date(atSeconds * 1000).toLocaleDateString('en', {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    });
  }
  const count = Math.max(1, Math.round(age / step.seconds));
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-count, step.unit);
}
