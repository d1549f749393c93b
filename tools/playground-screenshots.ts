/**
 * Takes pictures of the page with the demo's result, in light, in dark and on a phone, and of the page before:
 *
 *     npm run screenshots -w @quantrx/playground -- FOLDER
 */
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { buildSite } from '@quantrx/playground/site'
import { openSite } from '@quantrx/testing'

const wide = { viewport: { width: 1200, height: 900 }, deviceScaleFactor: 2 } as const
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true } as const

const shots = [
  { name: 'playground-start', options: { ...wide, colorScheme: 'light' }, demo: false },
  { name: 'playground-light', options: { ...wide, colorScheme: 'light' }, demo: true },
  { name: 'playground-dark', options: { ...wide, colorScheme: 'dark' }, demo: true },
  { name: 'playground-phone', options: { ...phone, colorScheme: 'light' }, demo: true },
] as const

// npm changes to the folder of the package, the reader is somewhere else.
const folder = resolve(process.env['INIT_CWD'] ?? '.', process.argv[2] ?? 'screenshots')
await mkdir(folder, { recursive: true })
const built = await buildSite()
for (const { name, options, demo } of shots) {
  const { page, close } = await openSite(built.folder, options)
  await page.waitForSelector('.presets')
  if (demo) {
    await page.getByRole('button', { name: 'Run the demo' }).click()
    await page.waitForSelector('.result')
  }
  const path = join(folder, `${name}.png`)
  // The whole page is too long for a phone: what is looked at after a run is the result.
  if ('isMobile' in options)
    await page.locator('#outcome').evaluate((part) => part.scrollIntoView({ behavior: 'instant' }))
  await page.screenshot({ path, fullPage: !('isMobile' in options) })
  console.log(path)
  await close()
}
await built.remove()
