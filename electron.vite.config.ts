import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';

const at = (path: string) => resolve(import.meta.dirname, path);

/**
 * Large libraries of the page, each in a file of its own so that a view loads only what it draws with. A group takes
 * along what its modules import, so what the others build on comes first.
 */
const PAGE_CHUNKS = [
  { name: 'vue', test: /node_modules[\\/](@?vue|vue-router|vue-i18n|@intlify|pinia)[\\/]/, priority: 3 },
  { name: 'components', test: /node_modules[\\/](element-plus|@element-plus|@floating-ui)[\\/]/, priority: 2 },
  { name: 'charts', test: /node_modules[\\/](echarts|zrender|vue-echarts)[\\/]/, priority: 1 },
];

export default defineConfig({
  main: {
    build: {
      // Only `dependencies` stay imports; everything else is bundled.
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          index: at('src/main/index.ts'),
          'engine-process': at('src/main/engine-process.ts'),
          shell: at('src/shell/index.ts'),
          cli: at('src/cli/index.ts'),
          worker: at('src/worker/index.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload has no module loader beyond `electron`: one CommonJS file.
      externalizeDeps: false,
      rolldownOptions: {
        input: at('src/preload/index.ts'),
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    base: './',
    plugins: [vue()],
    build: {
      minify: true,
      // The page's policy allows neither inline scripts nor data: fonts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1200,
      rolldownOptions: {
        input: at('src/renderer/index.html'),
        output: { codeSplitting: { groups: PAGE_CHUNKS } },
      },
    },
  },
});
