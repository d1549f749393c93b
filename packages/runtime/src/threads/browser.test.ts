import { fileURLToPath } from 'node:url'
import { describeWithChromium, openPage } from '@quantrx/testing'
import { build } from 'vite'
import { beforeAll, expect, it } from 'vitest'
import { inferencesWith } from './in-page.conformance.ts'

/** The scripts of a page, by name, made of the sources. */
async function bundle(): Promise<Readonly<Record<string, string>>> {
  const entry = fileURLToPath(new URL('./in-page.conformance.ts', import.meta.url))
  const result = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@quantrx/source', 'module', 'browser'] },
    build: { write: false, lib: { entry, formats: ['es'], fileName: 'page' } },
  })
  const [output] = Array.isArray(result) ? result : [result]
  if (output === undefined || !('output' in output)) throw new Error('no bundle')
  return Object.fromEntries(
    output.output.flatMap((file) => ('code' in file ? [[file.fileName, file.code]] : [])),
  )
}

describeWithChromium('in a browser', () => {
  let scripts: Readonly<Record<string, string>> = {}
  beforeAll(async () => {
    scripts = await bundle()
  })

  async function inPage(expression: string, isolated: boolean): Promise<unknown> {
    const page = await openPage(scripts, isolated)
    try {
      return await page.evaluate(`import('/page.js').then((it) => it.${expression})`)
    } finally {
      await page.close()
    }
  }

  it.each([2, 3])('%i threads compute the same bytes', async (threads) => {
    expect(await inPage(`inferencesWith(${threads})`, true)).toEqual(await inferencesWith(1))
  })

  it('one thread runs in a page that may not share memory', async () => {
    expect(await inPage('threadsOf(2)', false)).toBe(1)
  })
})
