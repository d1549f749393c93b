/**
 * Compiles the package that it is run in, as `tsc -p tsconfig.build.json` does, with its eager functions in parentheses. Exits 1 when
 * the compiler finds an error.
 */
import ts from 'typescript'
import { eagerTransformer } from './eager-functions/eager-transformer.ts'
import { isEagerIn } from './eager-functions/list.ts'

const folder = process.cwd()
const formatting: ts.FormatDiagnosticsHost = {
  getCurrentDirectory: () => folder,
  getCanonicalFileName: (name) => name,
  getNewLine: () => '\n',
}
const report = (diagnostics: readonly ts.Diagnostic[]): void => {
  if (diagnostics.length === 0) return
  console.error(ts.formatDiagnosticsWithColorAndContext(diagnostics, formatting))
  process.exitCode = 1
}

const config = ts.getParsedCommandLineOfConfigFile('tsconfig.build.json', undefined, {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: (diagnostic) => report([diagnostic]),
})
if (config !== undefined) {
  const program = ts.createProgram(config.fileNames, config.options)
  const transformers = { after: [eagerTransformer(isEagerIn(folder))] }
  const { diagnostics } = program.emit(undefined, undefined, undefined, false, transformers)
  report([...config.errors, ...ts.getPreEmitDiagnostics(program), ...diagnostics])
}
