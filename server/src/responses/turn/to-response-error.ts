import type { ErrorCode, PictorError } from '../../foundation/index.ts';
import type { Wire } from '../items/item.ts';

/** Codes that a response's `error` may have are a list of OpenAI's own; what is not in it has the nearest. */
const codes: Readonly<Partial<Record<ErrorCode, string>>> = {
  moderation_blocked: 'image_content_policy_violation',
  upstream_rate_limited: 'rate_limit_exceeded',
  rate_limit_exceeded: 'rate_limit_exceeded',
  insufficient_quota: 'rate_limit_exceeded',
  invalid_image: 'invalid_image',
  invalid_image_format: 'invalid_image_format',
  invalid_mask_image_format: 'invalid_image_format',
  invalid_base64_image: 'invalid_base64_image',
  invalid_image_url: 'invalid_image_url',
  invalid_image_mode: 'invalid_image_mode',
  image_too_large: 'image_too_large',
  failed_to_download_image: 'failed_to_download_image',
};

/** The `error` of a failed response. */
export function toResponseError(error: PictorError): Wire {
  const { message, type, param } = error.toEnvelope();
  const code = codes[error.code] ?? (error.status < 500 ? 'invalid_prompt' : 'server_error');
  return { code, message, type, param };
}
