import { dirname, join } from 'node:path'
import ts from 'typescript'
import { workspace } from '../fixtures.ts'

/**
 * Type-checks files of the workspace as one program; of what they import, only the types that they use are looked at.
 *
 * @returns what the compiler says, by path; a file without faults has no entry.
 */
export function checkTypes(paths: readonly string[]): Readonly<Record<string, string>> {
  const config = join(workspace, 'tsconfig.json')
  const { options } = ts.parseJsonConfigFileContent(
    { extends: config, files: [] },
    ts.sys,
    dirname(paths[0] ?? config),
  )
  const program = ts.createProgram(paths, { ...options, moduleDetection: ts.ModuleDetectionKind.Force })
  const faults = paths.flatMap((path): [string, string][] => {
    const source = program.getSourceFile(path)
    if (source === undefined) return [[path, 'not found']]
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    return found.length === 0 ? [] : [[path, found.map(describe).join('\n')]]
  })
  return Object.fromEntries(faults)
}

function describe({ file, start, code, messageText }: ts.Diagnostic): string {
  const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1
  return `line ${line}: TS${code}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
}
