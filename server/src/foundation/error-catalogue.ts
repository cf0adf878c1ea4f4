/**
 * Every error that Pictor can answer with, by its code. The list is closed: a handler cannot invent one.
 * `status` is the HTTP status, `type` is OpenAI's word for the class of the error.
 */
export const errorCatalogue = {
  // What the caller sent
  invalid_json: { status: 400, type: 'invalid_request_error' },
  invalid_multipart: { status: 400, type: 'invalid_request_error' },
  unsupported_content_type: { status: 415, type: 'invalid_request_error' },
  request_too_large: { status: 413, type: 'invalid_request_error' },
  missing_required_parameter: { status: 400, type: 'invalid_request_error' },
  unknown_parameter: { status: 400, type: 'invalid_request_error' },
  duplicate_parameter: { status: 400, type: 'invalid_request_error' },
  invalid_type: { status: 400, type: 'invalid_request_error' },
  invalid_value: { status: 400, type: 'invalid_request_error' },
  template_failed: { status: 400, type: 'invalid_request_error' },
  approximation_refused: { status: 400, type: 'invalid_request_error' },
  invalid_input_fidelity_model: { status: 400, type: 'invalid_request_error' },
  // The pictures the caller sent
  invalid_image: { status: 400, type: 'invalid_request_error' },
  invalid_image_format: { status: 400, type: 'invalid_request_error' },
  invalid_base64_image: { status: 400, type: 'invalid_request_error' },
  invalid_image_url: { status: 400, type: 'invalid_request_error' },
  image_too_large: { status: 400, type: 'invalid_request_error' },
  too_many_images: { status: 400, type: 'invalid_request_error' },
  failed_to_download_image: { status: 400, type: 'invalid_request_error' },
  invalid_mask_image_format: { status: 400, type: 'image_generation_user_error' },
  invalid_image_mode: { status: 400, type: 'image_generation_user_error' },
  // Who the caller is
  invalid_api_key: { status: 401, type: 'invalid_request_error' },
  sign_in_link_spent: { status: 401, type: 'invalid_request_error' },
  missing_scope: { status: 403, type: 'invalid_request_error' },
  model_not_allowed: { status: 403, type: 'invalid_request_error' },
  mismatched_project: { status: 403, type: 'invalid_request_error' },
  link_expired: { status: 403, type: 'invalid_request_error' },
  cross_site_request: { status: 403, type: 'invalid_request_error' },
  host_not_allowed: { status: 403, type: 'invalid_request_error' },
  // What the caller looks for
  model_not_found: { status: 404, type: 'invalid_request_error' },
  route_not_found: { status: 404, type: 'invalid_request_error' },
  not_found: { status: 404, type: 'invalid_request_error' },
  range_not_satisfiable: { status: 416, type: 'invalid_request_error' },
  // Requests that were made before
  idempotency_key_in_flight: { status: 409, type: 'invalid_request_error' },
  idempotency_key_reused: { status: 409, type: 'invalid_request_error' },
  idempotency_key_expired: { status: 409, type: 'invalid_request_error' },
  already_exists: { status: 409, type: 'invalid_request_error' },
  label_protected: { status: 409, type: 'invalid_request_error' },
  label_gated: { status: 409, type: 'invalid_request_error' },
  judge_unproven: { status: 409, type: 'invalid_request_error' },
  dataset_in_use: { status: 409, type: 'invalid_request_error' },
  evaluation_run_active: { status: 409, type: 'invalid_request_error' },
  project_busy: { status: 409, type: 'invalid_request_error' },
  request_finished: { status: 409, type: 'invalid_request_error' },
  request_cancelled: { status: 410, type: 'invalid_request_error' },
  // What the caller may use
  rate_limit_exceeded: { status: 429, type: 'rate_limit_exceeded' },
  // What an engine did
  moderation_blocked: { status: 400, type: 'image_generation_user_error' },
  upstream_rejected: { status: 400, type: 'invalid_request_error' },
  upstream_rate_limited: { status: 429, type: 'rate_limit_error' },
  insufficient_quota: { status: 429, type: 'insufficient_quota' },
  upstream_unauthorised: { status: 502, type: 'server_error' },
  upstream_account_blocked: { status: 502, type: 'server_error' },
  upstream_unavailable: { status: 502, type: 'server_error' },
  upstream_timed_out: { status: 504, type: 'server_error' },
  upstream_unreadable: { status: 502, type: 'server_error' },
  // What Pictor could not do
  database_unavailable: { status: 503, type: 'server_error' },
  interrupted: { status: 500, type: 'server_error' },
  shutting_down: { status: 503, type: 'server_error' },
  internal_error: { status: 500, type: 'server_error' },
} as const satisfies Record<string, { status: number; type: string }>;

export type ErrorCode = keyof typeof errorCatalogue;
