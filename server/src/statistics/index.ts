export { type BootstrapOptions, type Difference, pairedDifference } from './bootstrap.ts';
export { type Agreement, cohensKappa, type KappaWeights } from './kappa.ts';
