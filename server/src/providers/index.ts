export { findProviders } from './catalog.ts';
