import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

// Busy machines are no reason for a warning.
const quiet = { bundlerTimings: false } as const

// A page and all it needs, at whatever address it is put; packages of the workspace are built from their sources.
export default defineConfig({
  root: at('.'),
  base: './',
  // The demo's model and samples lie beside the page as they are.
  publicDir: at('../cli/demo'),
  resolve: {
    conditions: ['@quantrx/source', 'module', 'browser', 'production', 'default'],
    // Reports are drawn in the page, which has a DOM.
    alias: { linkedom: at('src/files/page-document.ts') },
  },
  worker: { format: 'es', rolldownOptions: { checks: quiet } },
  build: {
    ...{ target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
    rolldownOptions: { checks: quiet },
    // What is transferred as a whole is tested.
    chunkSizeWarningLimit: 1000,
  },
})
