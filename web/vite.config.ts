import react from '@vitejs/plugin-react';
import mantinePreset from 'postcss-preset-mantine';
import { defineConfig } from 'vite';
import { leanSchemas } from './lean-schemas.ts';

const libraries =
  /node_modules\/(?:(?:react|react-dom|scheduler|clsx)\/|@tanstack\/(?!react-virtual|virtual))|createReactComponent/;
const controls =
  /@mantine\/core\/esm\/(?:core|components\/(?:ActionIcon|Burger|Button|CloseButton|FileButton|Combobox\/ComboboxChevron|Input|InputBase|Loader|NativeSelect|Textarea|TextInput|Transition|UnstyledButton))\//;
const own =
  /[\\/](?:sdk|api)[\\/]src[\\/]|web\/src\/(?:common\/(?:error-notice|format-values|relative-time|pictor-context)|models\/(?:use-models|model-select|describe-model)|requests\/(?:use-requests|request-list|request-row|request-status)|playground\/(?:parameters|prompt|references\/add-references|run|setup))/;

/** Is a module part of the first view, whichever page it is of? */
const ofEveryPage = (id: string): boolean => [libraries, controls, own].some((part) => part.test(id));

export default defineConfig({
  plugins: [react(), leanSchemas()],
  css: { postcss: { plugins: [mantinePreset()] } },
  build: {
    // No data: addresses for assets: the page's content policy stays short.
    assetsInlineLimit: 0,
    target: 'es2023',
    // The polyfill would be an inline script, which the content policy forbids.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // In one file, so that the setting counts before any part of the app makes a schema.
          groups: [
            { name: 'schemas', test: /node_modules\/zod\/|interpret-schemas/ },
            // Files of a few hundred bytes compress badly: what every page needs is one file.
            { name: 'base', test: ofEveryPage },
          ],
        },
      },
    },
  },
});
