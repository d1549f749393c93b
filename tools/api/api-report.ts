import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor'
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
    const [first] = configs
    if (first === undefined) return new Map()
    const additionalEntryPoints = entries.map(({ declarations }) => declarations)
    const compilerState = CompilerState.create(first[1], { additionalEntryPoints })
    return new Map(configs.map(([entry, config]) => [entry, reportOf(entry, config, compilerState)]))
  } finally {
    rmSync(folder, { recursive: true })
  }
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
