import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { generatedMark, isModule } from './indexes.ts'
import { workspaceRoot } from './workspace-root.ts'

const source = join(workspaceRoot, 'packages/runtime/src')

/**
 * What the files should say that list the operators which every program has at hand, the others with generated code, and those
 * without, the latter two to be loaded when a model needs one of them; by path.
 */
export async function operatorTiers(): Promise<Readonly<Record<string, string>>> {
  const modules = readdirSync(join(source, 'ops')).filter(isModule).sort()
  const tiers: Readonly<Record<Tier, string[]>> = { 'at-hand': [], 'with-code': [], 'without-code': [] }
  for (const name of modules) {
    const exported: object = await import(pathToFileURL(join(source, 'ops', name)).href)
    tiers[tierOf(Object.values(exported) as object[])].push(name)
  }
  const render = (names: readonly string[]): string =>
    [generatedMark, ...names.map((name) => `export * from './ops/${name}'`), ''].join('\n')
  return Object.fromEntries(
    Object.entries(tiers).map(([tier, names]) => [join(source, `operators-${tier}.ts`), render(names)]),
  )
}

type Tier = 'at-hand' | 'with-code' | 'without-code'

/** The tier of a module that exports some operators. */
function tierOf(exported: readonly object[]): Tier {
  const some = (key: string): boolean =>
    exported.some((value) => (value as Readonly<Record<string, unknown>>)[key] !== undefined)
  if (some('atHand')) return 'at-hand'
  return some('generate') ? 'with-code' : 'without-code'
}
