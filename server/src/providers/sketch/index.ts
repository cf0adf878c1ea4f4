export { wrapText } from './compose/place-letters.ts';
export { openLetterer } from './draw/lettering.ts';
export { provider } from './provider.ts';
export { sketchRow } from './sketch-row.ts';
