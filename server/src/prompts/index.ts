export type { Label, Split } from './labels/label.ts';
export { type ChosenVersion, openPrompts, type Prompts, type Selector } from './open-prompts.ts';
export { addPromptRoutes } from './routes.ts';
export type { Prompt, PromptVersion } from './versions/prompt.ts';
