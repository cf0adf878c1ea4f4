import { type WebhookEvent, webhookEvent } from '@pictor/api';
import { type ErrorCode, PictorError } from '../foundation/index.ts';
import type { NewWebhook } from './webhook.ts';

const webhookEvents = webhookEvent.options;
const members: readonly string[] = ['url', 'events', 'secret'];
const maxUrlLength = 2048;
/** What Standard Webhooks allows. */
const secretBytes = { min: 24, max: 64 } as const;

/** Reads the body that registers an address. Throws the caller's errors; whether the host is public is not seen here. */
export function readWebhook(body: unknown): NewWebhook {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw refuse('invalid_type', 'The body must be a JSON object: {"url": "https://…"}.', null);
  }
  const unknown = Object.keys(body).find((name) => !members.includes(name));
  if (unknown !== undefined) {
    throw refuse('unknown_parameter', `A webhook has url, events and secret, not '${unknown}'.`, unknown);
  }
  const { url, events, secret } = body as Readonly<Record<string, unknown>>;
  return { url: readUrl(url), events: readEvents(events), secret: readSecret(secret) };
}

function readUrl(value: unknown): string {
  if (value === undefined) {
    throw refuse('missing_required_parameter', 'Send the address to be told as {"url": "https://…"}.', 'url');
  }
  const url = typeof value === 'string' && value.length <= maxUrlLength ? URL.parse(value) : null;
  if (
    url === null ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.username !== '' ||
    url.password !== ''
  ) {
    throw refuse(
      'invalid_value',
      `The url must be a full http or https address of ${maxUrlLength} characters at most, without a user name or password.`,
      'url',
    );
  }
  return url.href;
}

function readEvents(value: unknown): readonly WebhookEvent[] {
  if (value === undefined || value === null) return webhookEvents;
  const asked: readonly unknown[] = Array.isArray(value) ? value : [];
  const events = webhookEvents.filter((event) => asked.includes(event));
  if (events.length === 0 || asked.some((event) => !events.some((known) => known === event))) {
    throw refuse(
      'invalid_value',
      `events must be a list with one or more of ${webhookEvents.join(', ')}.`,
      'events',
    );
  }
  return events;
}

function readSecret(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const encoded = typeof value === 'string' ? /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value)?.[1] : undefined;
  const bytes = Buffer.from(encoded ?? '', 'base64');
  const whole = bytes.toString('base64') === encoded;
  if (!whole || bytes.length < secretBytes.min || bytes.length > secretBytes.max) {
    throw refuse(
      'invalid_value',
      `The secret must be whsec_ and the base64 of ${secretBytes.min} to ${secretBytes.max} random bytes. Without one, Pictor makes it.`,
      'secret',
    );
  }
  return `whsec_${encoded}`;
}

function refuse(code: ErrorCode, message: string, param: string | null): PictorError {
  return new PictorError({ code, message, ...(param === null ? {} : { param }) });
}
