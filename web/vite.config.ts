import react from '@vitejs/plugin-react';
import mantinePreset from 'postcss-preset-mantine';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
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
          groups: [{ name: 'schemas', test: /node_modules\/zod\/|interpret-schemas/ }],
        },
      },
    },
  },
});
