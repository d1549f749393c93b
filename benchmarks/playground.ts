/**
 * Opens the built playground in Chromium and prints how long it loads, how long it quantizes the demo, the longest task of the
 * page's own thread meanwhile, and what is transferred without model and samples, beside what they are to stay below.
 *
 *     npm run bench:playground
 */
import { buildSite } from '@quantrx/playground/site'
import { openSite } from '@quantrx/testing'

interface LongTask {
  readonly start: number
  readonly duration: number
}

const built = await buildSite()
const site = await openSite(built.folder, { viewport: { width: 1200, height: 900 } })
const { page } = site

// Of the page as a whole, so that loading counts, too.
await page.addInitScript(() => {
  const tasks: LongTask[] = []
  Object.assign(globalThis, { tasks })
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, duration })
  }).observe({ type: 'longtask', buffered: true })
})
const now = (): Promise<number> => page.evaluate(() => performance.now())
const longest = async (from: number, to: number): Promise<number> => {
  const tasks = (await page.evaluate('tasks')) as readonly LongTask[]
  return Math.max(
    0,
    ...tasks.filter(({ start }) => start >= from && start < to).map(({ duration }) => duration),
  )
}
const press = (name: string): Promise<void> => page.getByRole('button', { name }).click()

site.sent.clear()
await page.goto(site.address)
await page.waitForSelector('.presets')
const loaded = await now()
await press('Run the demo')
await page.waitForSelector('.result')
const finished = await now()
await Promise.all([page.waitForEvent('download'), press('Report')])

const files = [...site.sent].filter(([path]) => !/\.(tflite|arrow)$/.test(path))
const transferred = files.reduce((sum, [, size]) => sum + size, 0)
const rows: readonly (readonly [string, number, string, number | undefined])[] = [
  ['load', loaded, 'ms', undefined],
  ['quantize and measure the demo', finished - loaded, 'ms', 5000],
  ['longest task while loading', await longest(0, loaded), 'ms', undefined],
  ['longest task while quantizing', await longest(loaded, finished), 'ms', 100],
  ['transfer, report included', transferred / 1000, 'kB gzip', 400],
]
for (const [what, value, unit, bar] of rows) {
  const verdict = bar === undefined ? '' : `, ${value < bar ? 'below' : 'ABOVE'} ${bar}`
  console.log(`${what}: ${value.toFixed(value < 10 ? 1 : 0)} ${unit}${verdict}`)
}
console.log('(tasks below 50 ms are not told by browsers and count as 0)')
for (const [path, size] of files) console.log(`  ${path}: ${(size / 1000).toFixed(1)} kB`)
await site.close()
await built.remove()
