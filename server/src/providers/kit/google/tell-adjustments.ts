import type { Adjustment, ImageJob } from '../../../models/index.ts';
import type { GoogleUpstream } from './upstream.ts';

/** What these services cannot take as it was asked. */
export function tellAdjustments(
  platform: GoogleUpstream['platform'],
  { mask, user }: ImageJob,
): readonly Adjustment[] {
  const adjustments: Adjustment[] = [];
  if (mask !== undefined) {
    adjustments.push({
      parameter: 'mask',
      action: 'approximated',
      requested: `${mask.mediaType}, ${mask.width}x${mask.height}`,
      applied: 'emulated',
      reason:
        'Gemini has no masks: the mask goes along as a picture that says where to edit, and Pictor puts the original back outside of it.',
    });
  }
  if (user !== undefined) adjustments.push(...tellUser(platform, user));
  return adjustments;
}

function tellUser(platform: GoogleUpstream['platform'], user: string): readonly Adjustment[] {
  const shared = { parameter: 'user', requested: user };
  if (platform === 'gemini') {
    return [
      { ...shared, action: 'dropped', applied: null, reason: 'The Gemini API has no place for an end user.' },
    ];
  }
  const applied = toLabel(user);
  if (applied === user) return [];
  return [
    {
      ...shared,
      action: 'approximated',
      applied,
      reason: 'Vertex AI takes an end user as a label; the nearest that a label can hold is this.',
    },
  ];
}

/** A label has up to 63 small letters, digits, dashes and underscores. */
export function toLabel(user: string): string {
  return [...user.toLowerCase()]
    .map((character) => (/^[\p{Ll}\p{Lo}\p{N}_-]$/u.test(character) ? character : '_'))
    .slice(0, 63)
    .join('');
}
