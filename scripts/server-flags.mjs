/**
 * What the server is started with. Its heap is full every second else, at 50 MB, and looking through it takes a tenth of
 * all processor time; more than a few megabytes of new things at a time only cost memory.
 */
export const serverFlags = ['--initial-old-space-size=128', '--max-semi-space-size=16'];
