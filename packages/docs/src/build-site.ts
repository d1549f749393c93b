/** Builds the documentation site with all that it is made of, and fails where anything warns. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { generatePages } from './generate-pages.ts'
import { runStrictly } from './site/run-strictly.ts'
import { site, workspace } from './workspace.ts'

/** The script behind a command of an installed package. */
function command(name: string, from: string): string {
  const manifest = createRequire(join(from, 'package.json')).resolve(`${name}/package.json`)
  const { bin } = createRequire(manifest)(manifest) as { bin: string | Readonly<Record<string, string>> }
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[name]!)
}

await generatePages()
await runStrictly(command('vitepress', site), ['build'], site)

const playground = join(workspace, 'packages/playground')
if (existsSync(join(playground, 'index.html'))) {
  const out = join(site, '.vitepress/dist/playground')
  await runStrictly(
    command('vite', playground),
    ['build', '--outDir', out, '--emptyOutDir', '--base', './'],
    playground,
  )
}
