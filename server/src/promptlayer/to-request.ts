import { toUsd } from '../foundation/index.ts';
import type { Analysis, Counted, LogEntry } from '../logs/index.ts';
import type { Wire } from './wire.ts';

/** A request in PromptLayer's words. */
export function toRequest(entry: LogEntry): Wire {
  const tokens =
    entry.inputTokens === null && entry.outputTokens === null
      ? null
      : (entry.inputTokens ?? 0) + (entry.outputTokens ?? 0);
  return {
    id: entry.number,
    request_id: entry.number,
    engine: entry.model,
    model: entry.model,
    provider: entry.provider,
    provider_type: entry.provider,
    function_name: entry.functionName,
    input_tokens: entry.inputTokens,
    output_tokens: entry.outputTokens,
    tokens,
    price: toUsd(entry.costNanoUsd),
    request_start_time: entry.startedAt.toISOString(),
    request_end_time: entry.finishedAt?.toISOString() ?? null,
    latency: entry.latencyMs === null ? null : entry.latencyMs / 1000,
    latency_ms: entry.latencyMs,
    status: entry.status,
    error_type: entry.errorType,
    error_message: entry.errorMessage,
    input_text: entry.inputText,
    tags_array: entry.tags,
    metadata: Object.entries(entry.metadata).map(([key, value]) => ({ key, value })),
    scores: entry.scores.map(({ name, value }) => ({ name, score: value })),
    group_id: entry.group,
    prompt_name: entry.prompt?.name ?? null,
    prompt_version_number: entry.prompt?.version ?? null,
    prompt_label: entry.prompt?.label ?? null,
    prompt_input_variables: entry.prompt?.variables ?? null,
    span_id: entry.spanId,
    trace_id: null,
  };
}

/** Numbers of many requests in PromptLayer's words. */
export function toAnalytics(analysis: Analysis): Wire {
  return {
    success: true,
    totalRequests: analysis.requests,
    totalTokens: analysis.tokens,
    totalCost: analysis.cost,
    averageLatency: analysis.averageLatencyMs === null ? null : analysis.averageLatencyMs / 1000,
    stats: analysis.days.map((day) => ({
      date: day.date,
      requests: day.requests,
      tokens: day.inputTokens + day.outputTokens,
      inputTokens: day.inputTokens,
      outputTokens: day.outputTokens,
      cost: day.cost,
      latency: day.latencyMs === null ? null : day.latencyMs.average / 1000,
      statusCounts: day.statuses,
    })),
    latency: analysis.days.flatMap(({ date, latencyMs }) =>
      latencyMs === null
        ? []
        : [
            {
              date,
              avg: latencyMs.average / 1000,
              p50: latencyMs.p50 / 1000,
              p90: latencyMs.p90 / 1000,
              p95: latencyMs.p95 / 1000,
            },
          ],
    ),
    mostUsedModels: analysis.models.map(toCount),
    mostUsedPromptTemplates: analysis.prompts.map(toCount),
    providerBreakdown: analysis.providers.map(toCount),
    promptBreakdown: analysis.prompts.map(toCount),
    tagsBreakdown: analysis.tags.map(toCount),
    errorTypes: analysis.errors.map(toCount),
  };
}

function toCount({ name, requests, cost }: Counted): Wire {
  return { name, count: requests, cost };
}
