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
  },
});
