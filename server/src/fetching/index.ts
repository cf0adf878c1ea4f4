export {
  type Download,
  type DownloadOptions,
  type GuardedFetch,
  openGuardedFetch,
} from './open-guarded-fetch.ts';
export type { PostOptions, PostResult } from './send-post.ts';
