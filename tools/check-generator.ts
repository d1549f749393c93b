/**
 * Proves that `npm run new` makes plugins that work as they come: one of each kind is made, type-checked, linted, tested
 * and removed again. Exits 1 when one does not hold.
 */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { pluginFiles, pluginKinds } from './new-plugin/files.ts'
import type { PluginKind } from './new-plugin/files.ts'
import { workspaceRoot } from './workspace-root.ts'

const nameOf = (kind: PluginKind): string => `generated-${kind}`
const files = pluginKinds.flatMap((kind) => pluginFiles(kind, nameOf(kind)).map(({ path }) => path))

function run(command: string, ...args: readonly string[]): void {
  console.log(`$ ${command} ${args.join(' ')}`)
  execFileSync(join(workspaceRoot, 'node_modules/.bin', command), args, {
    cwd: workspaceRoot,
    stdio: 'inherit',
  })
}

try {
  for (const kind of pluginKinds)
    run('tsx', '-C', '@quantrx/source', 'tools/new-plugin.ts', kind, nameOf(kind))
  run('prettier', '--check', ...files)
  run('tsc', '-p', 'tsconfig.json')
  run('eslint', ...files)
  run('vitest', 'run', ...files.filter((path) => path.endsWith('.test.ts')))
} finally {
  for (const path of files) rmSync(join(workspaceRoot, path), { force: true })
  run('tsx', '-C', '@quantrx/source', 'tools/generate.ts')
}
