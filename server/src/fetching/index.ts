export {
  type Download,
  type DownloadOptions,
  type GuardedFetch,
  openGuardedFetch,
} from './open-guarded-fetch.ts';
