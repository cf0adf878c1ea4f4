export {
  type BootstrapOptions,
  type Difference,
  type Interval,
  meanWithInterval,
  pairedDifference,
  unpairedDifference,
} from './bootstrap.ts';
export { type Agreement, cohensKappa, type KappaWeights } from './kappa.ts';
