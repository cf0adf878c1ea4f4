import { SettingsError } from '../../foundation/index.ts';

/** Where a location is served: a region, `us` or `eu` for several at once, or `global`. Throws a SettingsError. */
export function originOf(setting: string, location: string): string {
  if (!/^[a-z][a-z0-9-]{1,40}$/.test(location)) {
    throw new SettingsError(`${setting} must be a region such as us-central1, or us, eu or global.`);
  }
  if (location === 'global') return 'https://aiplatform.googleapis.com';
  if (location === 'us' || location === 'eu') return `https://aiplatform.${location}.rep.googleapis.com`;
  return `https://${location}-aiplatform.googleapis.com`;
}

/** Throws a SettingsError for what is no id of a project. */
export function checkProject(setting: string, project: string): void {
  if (/^[a-z0-9][a-z0-9.:-]{2,60}$/.test(project)) return;
  throw new SettingsError(`${setting} must be the id or number of a Google Cloud project.`);
}

/** The path of Google's models: in a project, or without one where the key itself says whose it is. */
export function modelsPath(place: { readonly project: string; readonly location: string } | null): string {
  const within = place === null ? '' : `/projects/${place.project}/locations/${place.location}`;
  return `/v1beta1${within}/publishers/google/models`;
}
