import { config } from 'zod';

// Must run before any schema is made: zod otherwise tries `new Function` once, and a page whose content policy
// forbids that (as Pictor's does) logs a violation.
config({ jitless: true });
