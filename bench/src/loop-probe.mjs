// Loaded into Pictor's process before its own code: tells the benchmark how late the event loop was.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const resolutionMs = 10;
const delays = monitorEventLoopDelay({ resolution: resolutionMs });
delays.enable();

process.on('message', (message) => {
  if (message === 'reset') delays.reset();
  const late = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolutionMs);
  process.send?.({ p99Ms: late(delays.percentile(99)), maxMs: late(delays.max) });
});
process.channel?.unref();
