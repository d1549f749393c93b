import { extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FileSystem } from '../files/file-system.ts'
import { configError } from './config-error.ts'
import { jsonFault } from './json-fault.ts'
import type { Place } from './json-fault.ts'
import { moduleFault } from './module-fault.ts'

/** What loading a config file needs of the outside world. */
export interface ConfigHost {
  readonly files: Pick<FileSystem, 'readFile'>
  /** Imports a module; by default, as Node does. */
  readonly importModule?: (url: string) => Promise<unknown>
  /** Whether types in modules are stripped; by default, what Node says. */
  readonly stripsTypes?: boolean
}

const importByNode = (url: string): Promise<unknown> => import(/* @vite-ignore */ url) as Promise<unknown>

/** Node says so from 22.10 on; the types of Node 20 do not know. */
const nodeStripsTypes = (): boolean => Boolean((process.features as { typescript?: unknown }).typescript)

/**
 * What a config file says, unchecked.
 *
 * @throws UsageError naming file and place for what cannot be read or understood.
 */
export async function loadConfig(path: string, host: ConfigHost): Promise<unknown> {
  const extension = extname(path)
  if (extension === '.json') return parseJson(path, await readText(path, host.files))
  if (!['.js', '.mjs', '.ts', '.mts'].includes(extension)) {
    throw configError({
      subject: path,
      found: extension || 'no extension',
      expected: '.js, .mjs, .json or .ts',
    })
  }
  await readText(path, host.files)
  if (extension.endsWith('ts') && !(host.stripsTypes ?? nodeStripsTypes())) throw typesNotStripped(path)
  return importConfig(path, host.importModule ?? importByNode)
}

async function readText(path: string, files: ConfigHost['files']): Promise<string> {
  try {
    return new TextDecoder().decode(await files.readFile(path))
  } catch (cause) {
    const missing = (cause as { code?: string }).code === 'ENOENT'
    throw configError({
      ...{ subject: path, found: missing ? 'no such file' : String(cause), expected: 'a config file' },
      ...{ nextStep: 'Check the path after --config', cause },
    })
  }
}

function parseJson(path: string, text: string): unknown {
  const fault = jsonFault(text)
  if (fault === undefined) return JSON.parse(text)
  throw configError({ subject: at(path, fault), found: 'a syntax error', expected: 'JSON' })
}

async function importConfig(path: string, importModule: (url: string) => Promise<unknown>): Promise<unknown> {
  let loaded: unknown
  try {
    loaded = await importModule(pathToFileURL(path).href)
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    const place = error instanceof SyntaxError ? await moduleFault(error, path) : undefined
    throw configError({
      subject: place === undefined ? path : at(path, place),
      found: `${error.name}: ${error.message.split('\n')[0]}`,
      ...{ expected: 'a module that exports the options', cause },
    })
  }
  if (typeof loaded === 'object' && loaded !== null && 'default' in loaded) return loaded.default
  throw configError({ subject: path, found: 'no default export', expected: 'export default { … }' })
}

const at = (path: string, { line, column }: Place): string => `${path}:${line}:${column}`

function typesNotStripped(path: string) {
  return configError({
    subject: path,
    found: `TypeScript, whose types Node ${process.versions.node} does not strip`,
    expected: 'Node 22.18, 24 or newer for .ts',
    nextStep: 'Rename it to .js, with types in comments, or update Node',
  })
}
