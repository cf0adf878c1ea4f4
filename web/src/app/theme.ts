import { createTheme, type MantineColorsTuple } from '@mantine/core';

const ultramarine: MantineColorsTuple = [
  '#eef0fb',
  '#dbe0f8',
  '#b9c2f1',
  '#95a2ea',
  '#7685e3',
  '#5c6bd8',
  '#4656cc',
  '#3f4fc4',
  '#3543ab',
  '#2b378c',
];

const warmGray: MantineColorsTuple = [
  '#f8f7f5',
  '#f3f1ed',
  '#e7e4de',
  '#dcd9d2',
  '#d5d1c9',
  '#a29d94',
  '#716c64',
  '#5d5953',
  '#403d39',
  '#23211f',
];

const warmDark: MantineColorsTuple = [
  '#ecebe7',
  '#cfcdc7',
  '#b0aea7',
  '#96938b',
  '#45443f',
  '#32322e',
  '#20201e',
  '#191917',
  '#141413',
  '#0e0e0d',
];

/** Warm paper, one pigment, the reader's own typefaces. */
export const theme = createTheme({
  primaryColor: 'ultramarine',
  primaryShade: { light: 7, dark: 6 },
  colors: { ultramarine, gray: warmGray, dark: warmDark },
  fontFamily:
    '-apple-system, "Segoe UI Variable Text", "Segoe UI", Inter, Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  black: '#23211f',
});
