import { cut, drop, type Fitting, refuse } from './fit-context.ts';
import { acceptedNames } from './fit-route.ts';
import { autoNames } from './fit-value.ts';

const noImage = 'A mask goes only with an image to edit.';

/**
 * A parameter that the model or the route does not have: refused or dropped, as the mode says. Values that ask for
 * what happens anyway (`stream: false`, `quality: "auto"`) are accepted and need no report.
 */
export function fitUnknown(fitting: Fitting, name: string, value: unknown): void {
  if (asksForNothing(name, value)) return;
  const { row, unknown } = fitting;
  if (unknown === 'drop') {
    drop(fitting, name, value, droppedBecause(row.id, name, value));
    return;
  }
  if (name === 'stream') {
    refuse('invalid_value', 'stream', `${row.id} does not stream here. Leave stream out or set it to false.`);
  }
  if (name === 'mask') refuse('invalid_value', 'mask', noImage);
  if (
    name === 'input_fidelity' &&
    row.family === 'gpt-image' &&
    row.parameters.input_fidelity === undefined
  ) {
    refuse(
      'invalid_input_fidelity_model',
      'input_fidelity',
      `${row.id} always works at high fidelity and takes no input_fidelity. Leave it out.`,
    );
  }
  refuse(
    'unknown_parameter',
    cut(name),
    `Unknown parameter: '${cut(name)}'. With ${row.id} this route accepts ${acceptedNames(fitting).join(', ')}.`,
  );
}

function droppedBecause(model: string, name: string, value: unknown): string {
  if (name === 'mask') return noImage;
  if (name === 'stream' && value === true) {
    return `${model} does not stream here: the answer's only event is the completed one.`;
  }
  return `${model} has no ${cut(name)} here.`;
}

function asksForNothing(name: string, value: unknown): boolean {
  if (name === 'stream') return value === false;
  if (name === 'partial_images') return value === 0;
  return autoNames.has(name) && value === 'auto';
}
