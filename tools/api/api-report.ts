import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor'
import type { CompilerState } from '@microsoft/api-extractor'
import ts from 'typescript'
import type { ApiEntry } from './api-entries.ts'

/** As consumers resolve packages: by their `exports`, without the condition that leads to sources. */
const compilerOptions = {
  ...{ module: 'nodenext', moduleResolution: 'nodenext', target: 'es2022', lib: ['es2023', 'dom'] },
  ...{ strict: true, skipLibCheck: true, noEmit: true, allowImportingTsExtensions: true, types: [] },
}

/**
 * What every entry gives its users, as Markdown with one declaration after the other, by the report of each entry. All entries
 * are compiled together, which takes a fraction of the time.
 *
 * @throws Error naming the entry whose declarations cannot be read, such as before a build.
 */
export function apiReports(entries: readonly ApiEntry[]): ReadonlyMap<ApiEntry, string> {
  const folder = mkdtempSync(join(tmpdir(), 'quantrx-api-'))
  try {
    const configs = entries.map((entry) => [entry, configOf(entry, folder)] as const)
    const compilerState = { program: declarationProgram(entries) }
    return new Map(configs.map(([entry, config]) => [entry, reportOf(entry, config, compilerState)]))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * All declarations, but for the types of modules that are loaded on demand, `typeof import('./module.ts')`: API Extractor cannot
 * follow them, and of users they are hidden behind what loads them.
 */
function declarationProgram(entries: readonly ApiEntry[]): ts.Program {
  const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, '.')
  const host = ts.createCompilerHost(options)
  return ts.createProgram({
    rootNames: entries.map(({ declarations }) => declarations),
    options,
    host: {
      ...host,
      getSourceFile(name, versionOrOptions) {
        const text = host.readFile(name)?.replace(/typeof import\(['"]\.[^'"]*['"]\)/g, 'object')
        return text === undefined ? undefined : ts.createSourceFile(name, text, versionOrOptions)
      },
    },
  })
}

function configOf({ packageFolder, declarations }: ApiEntry, folder: string): ExtractorConfig {
  const silent = { default: { logLevel: ExtractorLogLevel.None } }
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(packageFolder, 'package.json'),
    configObject: {
      projectFolder: packageFolder,
      mainEntryPointFilePath: declarations,
      compiler: { overrideTsconfig: { compilerOptions, files: [declarations] } },
      apiReport: {
        enabled: true,
        reportFileName: 'entry',
        reportFolder: folder,
        reportTempFolder: join(folder, 'new'),
        // What users can reach through types changes for them, too, though they cannot import it.
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
      },
    },
  })
}

function reportOf(
  { specifier }: ApiEntry,
  extractorConfig: ExtractorConfig,
  compilerState: CompilerState,
): string {
  const errors: string[] = []
  const { reportTempFilePath } = extractorConfig
  Extractor.invoke(extractorConfig, {
    compilerState,
    localBuild: true,
    messageCallback(message) {
      if (message.logLevel === ExtractorLogLevel.Error) errors.push(message.text)
      message.handled = true
    },
  })
  if (errors.length > 0) throw new Error(`${specifier}: ${errors.join('\n')}`)
  // Every entry of a package would be called as the package.
  return readFileSync(reportTempFilePath, 'utf8').replace(
    /^(## API Report File for ")[^"]*/,
    `$1${specifier}`,
  )
}
