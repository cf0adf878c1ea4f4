export { type JobHandler, type Jobs, type NewJob, openJobs } from './open-jobs.ts';
