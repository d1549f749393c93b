import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** All code of quantrx that a page needs to run a model, minified into one module. Bundled from the sources: no build is needed. */
export async function browserBundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@quantrx/source', 'module', 'browser', 'default'] },
    build: {
      write: false,
      minify: true,
      modulePreload: false,
      rollupOptions: {
        input: fileURLToPath(new URL('browser-entry.ts', import.meta.url)),
        preserveEntrySignatures: 'strict',
        output: { format: 'es' },
      },
    },
  })
  const [bundle] = Array.isArray(result) ? result : [result]
  if (bundle === undefined || !('output' in bundle)) throw new Error('Vite produced no bundle')
  return bundle.output.map((file) => ('code' in file ? file.code : '')).join('')
}
