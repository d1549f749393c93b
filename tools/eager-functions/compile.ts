import { join } from 'node:path'
import ts from 'typescript'
import { eagerTransformer } from './eager-transformer.ts'
import { isEagerIn } from './list.ts'

/**
 * Compiles a package, as `tsc -p tsconfig.build.json` does in its folder, with its eager functions in parentheses.
 *
 * @returns what the compiler says of errors, '' when there are none.
 */
export function compilePackage(folder: string): string {
  const errors: ts.Diagnostic[] = []
  const config = ts.getParsedCommandLineOfConfigFile(join(folder, 'tsconfig.build.json'), undefined, {
    ...ts.sys,
    getCurrentDirectory: () => folder,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => void errors.push(diagnostic),
  })
  if (config !== undefined) {
    const program = ts.createProgram(config.fileNames, config.options)
    const transformers = { after: [eagerTransformer(isEagerIn(folder))] }
    const { diagnostics } = program.emit(undefined, undefined, undefined, false, transformers)
    errors.push(...config.errors, ...ts.getPreEmitDiagnostics(program), ...diagnostics)
  }
  return ts.formatDiagnosticsWithColorAndContext(errors, {
    getCurrentDirectory: () => folder,
    getCanonicalFileName: (name) => name,
    getNewLine: () => '\n',
  })
}
