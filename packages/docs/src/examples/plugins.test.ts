import { workspace } from '@quantrx/testing'
import { codeBlocks, exampleFolder } from '@quantrx/testing/examples'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const folder = exampleFolder()
afterAll(() => folder.remove())

/** What a page's plugin exports: its first block is a file. */
async function pluginOf(page: string): Promise<() => unknown> {
  const block = codeBlocks(`packages/docs/extend/${page}.md`).find(({ file }) => file !== undefined)!
  const path = folder.write(block.file!, block.code)
  it(`the plugin of extend/${page} is less than 40 lines`, () =>
    expect(block.code.split('\n').length).toBeLessThan(40))
  const [make] = Object.values((await import(/* @vite-ignore */ path)) as Record<string, () => unknown>)
  return make!
}

type Suite = (...given: readonly unknown[]) => void

/** A conformance suite, which the package that owns it does not export. */
async function suiteOf(path: string): Promise<Suite> {
  const [suite] = Object.values(
    (await import(/* @vite-ignore */ join(workspace, 'packages', path))) as Record<string, Suite>,
  )
  return suite!
}

const observer = await suiteOf('observers/src/observer.conformance.ts')
observer('symmetric', await pluginOf('observer'))

const scheme = await suiteOf('schemes/src/scheme.conformance.ts')
scheme('convolutions-per-channel', await pluginOf('scheme'))

const metric = await suiteOf('evaluators/src/metric.conformance.ts')
metric((await pluginOf('metric'))())

await pluginOf('operator')
