export * from './costs.ts';
export * from './errors.ts';
export * from './images.ts';
export * from './models.ts';
export * from './prompts.ts';
export * from './requests.ts';
export * from './responses.ts';
export * from './session.ts';
