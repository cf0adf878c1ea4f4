export { type Catalogue, type FoundModel, openCatalogue } from './open-catalogue.ts';
