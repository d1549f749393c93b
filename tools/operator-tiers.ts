import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { generatedMark, isModule } from './indexes.ts'
import { workspaceRoot } from './workspace-root.ts'

const source = join(workspaceRoot, 'packages/runtime/src')

/**
 * What the two files should say that list the operators with generated code, which every program has at hand, and those without,
 * which are loaded when a model needs one of them; by path.
 */
export async function operatorTiers(): Promise<Readonly<Record<string, string>>> {
  const modules = readdirSync(join(source, 'ops')).filter(isModule).sort()
  const withCode = new Set<string>()
  for (const name of modules) {
    const exported: object = await import(pathToFileURL(join(source, 'ops', name)).href)
    const isGenerated = (value: object): boolean => 'generate' in value && value.generate !== undefined
    if ((Object.values(exported) as object[]).some(isGenerated)) withCode.add(name)
  }
  const render = (names: readonly string[]): string =>
    [generatedMark, ...names.map((name) => `export * from './ops/${name}'`), ''].join('\n')
  return {
    [join(source, 'operators-with-code.ts')]: render(modules.filter((name) => withCode.has(name))),
    [join(source, 'operators-without-code.ts')]: render(modules.filter((name) => !withCode.has(name))),
  }
}
