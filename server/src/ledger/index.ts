export { type BilledImage, costNanoUsd } from './cost-nano-usd.ts';
export { type AttemptCost, costOfAttempt } from './cost-of-attempt.ts';
export { type Estimate, estimateCost } from './estimate-cost.ts';
export type { EstimateFacts } from './estimate-facts.ts';
export { estimateUsage } from './estimate-usage.ts';
export type { JobFacts } from './job-facts.ts';
export { type BookedAttempt, type BookedOutcome, sumCosts } from './ledger-entry.ts';
export { type MainlineWire, readMainlineUsage } from './read-mainline-usage.ts';
export { toOpenAiUsage } from './to-openai-usage.ts';
