export type { Folder } from './folders/folder-queries.ts';
export type { Label, Split } from './labels/label.ts';
export { type ChosenVersion, openPrompts, type Prompts, type Selector } from './open-prompts.ts';
export { readName } from './read-name.ts';
export { addPromptRoutes } from './routes.ts';
export type { Prompt, PromptVersion } from './versions/prompt.ts';
export { type FilledPrompt, fillPrompt, type PromptSource } from './wire/fill-prompt.ts';
export { toImagesBody } from './wire/to-images-body.ts';
export { toResponsesBody } from './wire/to-responses-body.ts';
