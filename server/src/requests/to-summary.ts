import { toUsd } from '../foundation/index.ts';
import type { ListedImage, ListedRequest, RequestsPage } from './queries.ts';

/** A request as the web app and the SDK see it. Money is USD here; rows keep integer nano-USD. */
export function toSummary(request: ListedRequest) {
  return {
    id: request.id,
    object: 'request',
    kind: request.kind,
    status: request.status,
    model: request.model,
    model_id: request.model_id,
    provider: request.provider,
    engine: request.engine,
    prompt: request.prompt,
    created_at: Math.floor(request.created_at.getTime() / 1000),
    duration_ms: request.duration_ms,
    cost: toUsd(request.cost_nano_usd),
    list_cost: toUsd(request.list_cost_nano_usd),
    usage: request.usage,
    saved_prompt:
      request.prompt_id === null
        ? null
        : {
            id: request.prompt_id,
            name: request.prompt_name,
            version: request.prompt_version,
            label: request.prompt_label,
            variables: request.prompt_variables ?? {},
          },
    tags: [...new Set([...request.tags, ...(request.note?.tags ?? [])])],
    number: request.note?.number ?? null,
    source: request.note?.source ?? 'gateway',
    metadata: request.note?.metadata ?? {},
    scores: request.note?.scores ?? {},
    group: request.note?.group_number ?? null,
    span: request.note?.span_id ?? null,
    blueprint: { input: request.note?.input ?? null, output: request.note?.output ?? null },
    replay_of: request.replay_of,
    replays: request.replays,
    response: request.parent_id,
    size: request.size,
    quality: request.quality,
    format: request.format,
    has_mask: request.has_mask,
    input_tokens: request.input_tokens,
    output_tokens: request.output_tokens,
    parameters: request.parameters,
    adjustments: request.adjustments,
    warnings: request.warnings,
    error: request.error,
    output_text: request.output_text,
    attempts: (request.attempts ?? []).map(({ cost_nano_usd: costNanoUsd, ...attempt }) => ({
      ...attempt,
      cost: toUsd(costNanoUsd),
    })),
    upstream_request_id: request.upstream_request_id,
    upstream_headers: request.upstream_headers ?? {},
    images: request.images.filter((image) => image.role === 'output').map(toImageSummary),
    inputs: request.images
      .filter((image) => image.role === 'input' || image.role === 'mask')
      .map(toImageSummary),
  };
}

/** A page of requests in the shape of OpenAI's lists. */
export function toRequestList(page: RequestsPage) {
  const data = page.data.map(toSummary);
  return {
    object: 'list',
    data,
    has_more: page.hasMore,
    first_id: data.at(0)?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  };
}

function toImageSummary(image: ListedImage) {
  return {
    id: image.id,
    role: image.role,
    url: `/images/${image.id}`,
    thumbnail_url: `/images/${image.id}/thumbnail`,
    width: image.width,
    height: image.height,
    media_type: image.media_type,
    bytes: image.byte_count,
    revised_prompt: image.revised_prompt,
  };
}
