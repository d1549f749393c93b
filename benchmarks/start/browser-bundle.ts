import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** A module of a bundle. */
export interface BundledModule {
  /** Path from the other modules' folder. */
  readonly name: string
  readonly code: string
  /** True for what a page loads in any case, false for what it loads when a model needs it. */
  readonly always: boolean
}

/**
 * All code of quantrx that a page needs to run a model, minified; the module to import first. Bundled from the sources: no build is
 * needed.
 */
export async function browserBundle(): Promise<readonly BundledModule[]> {
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
  const modules = new Map(bundle.output.flatMap((file) => ('code' in file ? [[file.fileName, file]] : [])))
  const entry = [...modules.values()].find(({ isEntry }) => isEntry)
  if (entry === undefined) throw new Error('Vite produced no entry')
  const always = new Set([entry.fileName])
  for (const name of always) modules.get(name)?.imports.forEach((imported) => always.add(imported))
  return [...new Set([entry, ...modules.values()])].map(({ fileName, code }) => ({
    ...{ name: fileName, code },
    always: always.has(fileName),
  }))
}
