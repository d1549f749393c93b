/** `npm run new -- observer|scheme|metric name-in-kebab-case`: a new plugin, its test and its index line. */
import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pluginFiles, pluginKinds } from './new-plugin/files.ts'
import type { PluginKind } from './new-plugin/files.ts'
import { workspaceRoot } from './workspace-root.ts'

const [kind = '', name = ''] = process.argv.slice(2)
if (!(pluginKinds as readonly string[]).includes(kind) || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
  console.error(`Usage: npm run new -- ${pluginKinds.join('|')} name-in-kebab-case`)
  process.exit(2)
}
const files = pluginFiles(kind as PluginKind, name)
const taken = files.find(({ path }) => existsSync(join(workspaceRoot, path)))
if (taken !== undefined) {
  console.error(`${taken.path} exists already; choose another name`)
  process.exit(1)
}
for (const { path, text } of files) {
  writeFileSync(join(workspaceRoot, path), text)
  console.log(`wrote ${path}`)
}
execFileSync(
  process.execPath,
  ['-C', '@quantrx/source', '--import', 'tsx', join(workspaceRoot, 'tools/generate.ts')],
  {
    stdio: 'inherit',
  },
)
