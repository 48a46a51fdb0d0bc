import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const source = (name: string) => fileURLToPath(new URL(`../${name}/src/index.ts`, import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  resolve: {
    alias: [
      { find: /^@signalbox\/model$/, replacement: source('model') },
      { find: /^@signalbox\/api$/, replacement: source('api') },
    ],
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The first browsers that know `light-dark()`, with which one stylesheet serves both themes.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The content security policy of the server allows files of its own only: no `data:`, nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
