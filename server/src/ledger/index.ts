export { costNanoUsd } from './cost-nano-usd.ts';
export { estimateUsage } from './estimate-usage.ts';
export type { JobFacts } from './job-facts.ts';
export { toOpenAiUsage } from './to-openai-usage.ts';
