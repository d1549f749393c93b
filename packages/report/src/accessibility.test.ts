import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describeWithChromium, openPage } from '@quantrx/testing'
import { expect, it } from 'vitest'
import { exampleDocument } from './example-document.conformance.ts'
import { renderReport } from './render-report.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong, as rule and element, in Chromium. */
async function violations(html: string): Promise<unknown> {
  const page = await openPage({ 'axe.js': axe })
  try {
    await page.evaluate(`document.open(); document.write(${JSON.stringify(html)}); document.close()`)
    await page.evaluate(`new Promise((loaded, failed) => {
      const script = document.createElement('script')
      Object.assign(script, { src: 'http://localhost/axe.js', onload: loaded, onerror: failed })
      document.head.append(script)
    }).then(() => true)`)
    return await page.evaluate(
      `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`,
    )
  } finally {
    await page.close()
  }
}

describeWithChromium('accessibility', () => {
  const light = renderReport(exampleDocument)
  // In place of a preference of the browser, which nobody set.
  const dark = light.replace('@media (prefers-color-scheme: dark)', '@media all')

  it.each([
    ['light', light],
    ['dark', dark],
  ])('axe finds nothing in the %s page', async (_, html) => {
    expect(await violations(html)).toEqual([])
  })

  it('axe finds what is planted', async () => {
    const found = await violations(light.replace('<html lang="en">', '<html>'))
    expect(JSON.stringify(found)).toContain('html-has-lang')
  })
})
