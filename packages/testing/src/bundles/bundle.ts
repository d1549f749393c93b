import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** A file of a bundle. */
export interface BundledFile {
  /** Path from the other files' folder. */
  readonly name: string
  readonly code: string
  /** True for what a page loads in any case, false for what it loads when it is needed. */
  readonly always: boolean
  /** Modules that put code into it: paths from the top of the workspace. */
  readonly modules: readonly string[]
}

/** What is bundled. */
export interface BundleSource {
  /** Code of the first module; imports packages of the workspace, whose sources are taken: no build is needed. */
  readonly code: string
  /** Packages that are left out, with their sub-paths. */
  readonly external?: readonly string[]
  readonly minify?: boolean
  /** What is done to the modules besides. */
  readonly plugins?: readonly Plugin[]
}

const workspace = fileURLToPath(new URL('../../../..', import.meta.url))

/**
 * Bundles code for the browser with Vite as a user's project does, its first file before all others. What Node brings along is left
 * out.
 *
 * @throws Error where an import leads nowhere.
 */
export async function bundle({
  code,
  external = [],
  minify = true,
  plugins = [],
}: BundleSource): Promise<readonly BundledFile[]> {
  // Loaded only now: most tests that use other parts of this package bundle nothing.
  const { build } = await import('vite')
  const entry = `${workspace}bundled-entry.js`
  const result = await build({
    root: workspace,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@quantrx/source', 'module', 'browser', 'default'] },
    plugins: [
      ...plugins,
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? code : undefined),
      },
    ],
    build: {
      write: false,
      minify,
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        external: (id) =>
          id.startsWith('node:') || external.some((name) => id === name || id.startsWith(`${name}/`)),
        // What is loaded later may share modules with the first file, as it does with an application, which exports nothing.
        preserveEntrySignatures: 'allow-extension',
        output: { format: 'es' },
      },
    },
  })
  const [output] = Array.isArray(result) ? result : [result]
  if (output === undefined || !('output' in output)) throw new Error('Vite produced no bundle')
  const files = new Map(
    output.output.flatMap((file) => ('code' in file ? [[file.fileName, file] as const] : [])),
  )
  const first = [...files.values()].find(({ isEntry }) => isEntry)
  if (first === undefined) throw new Error('Vite produced no entry')
  const always = new Set([first.fileName])
  for (const name of always) files.get(name)?.imports.forEach((imported) => always.add(imported))
  return [...new Set([first, ...files.values()])].map((file) => ({
    name: file.fileName,
    code: file.code,
    always: always.has(file.fileName),
    modules: Object.entries(file.modules).flatMap(([id, { renderedLength }]) =>
      renderedLength > 0 && id !== entry ? [id.replace(workspace, '')] : [],
    ),
  }))
}

/** Bytes of all files together, each compressed alone, as servers do. */
export function gzipBytes(files: readonly Pick<BundledFile, 'code'>[]): number {
  return files.reduce((total, { code }) => total + gzipSync(code, { level: 9 }).byteLength, 0)
}
