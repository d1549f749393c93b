/**
 * Makes the screenshots that the documentation shows, of the demo model: the report that the command line writes, and the playground.
 *
 *     npm run screenshots -w @quantrx/docs
 */
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { main } from '@quantrx/cli'
import { openSite } from '@quantrx/testing'
import sharp from 'sharp'
import { workspaceRoot } from './workspace-root.ts'

const demo = join(workspaceRoot, 'packages/cli/demo')
const kept = join(workspaceRoot, 'packages/docs/public/screenshots')

const shots = [
  { name: 'report-light', colorScheme: 'light', viewport: { width: 1100, height: 1500 }, isMobile: false },
  { name: 'report-dark', colorScheme: 'dark', viewport: { width: 1100, height: 1500 }, isMobile: false },
  { name: 'report-phone', colorScheme: 'light', viewport: { width: 390, height: 1400 }, isMobile: true },
] as const

const folder = await mkdtemp(join(tmpdir(), 'quantrx-screenshots-'))
await mkdir(kept, { recursive: true })

/** Keeps the top of a screenshot, with few colors: flat pages lose nothing by it. */
async function keep(path: string, width: number, height: number): Promise<void> {
  const file = join(kept, basename(path))
  const picture = await sharp(path).resize({ width }).toBuffer({ resolveWithObject: true })
  const { size } = await sharp(picture.data)
    .extract({ left: 0, top: 0, width, height: Math.min(height, picture.info.height) })
    .png({ palette: true, colors: 128, effort: 10 })
    .toFile(file)
  console.log(`${file}: ${Math.round(size / 1000)} kB`)
}

async function reportShots(): Promise<void> {
  const [model, data, test] = ['demo.tflite', 'calibration.arrow', 'test.arrow'].map((name) =>
    join(demo, name),
  )
  const [out, report] = [join(folder, 'demo.int8.tflite'), join(folder, 'index.html')]
  const code = await main([
    ...['quantize', model!, '--data', data!, '--test', test!, '--out', out, '--report', report],
  ])
  if (code !== 0) throw new Error(`quantrx quantize ended with ${code}`)
  for (const { name, ...options } of shots) {
    const { page, close } = await openSite(folder, { ...options, deviceScaleFactor: 2 })
    const path = join(folder, `${name}.png`)
    await page.screenshot({ path })
    await close()
    await (options.isMobile ? keep(path, 780, 2800) : keep(path, 1100, 1500))
  }
}

async function playgroundShots(): Promise<void> {
  const shown = join(folder, 'playground')
  execFileSync('npm', ['run', '--silent', 'screenshots', '-w', '@quantrx/playground', '--', shown], {
    cwd: workspaceRoot,
    stdio: 'inherit',
  })
  for (const name of await readdir(shown)) {
    const path = join(shown, name)
    await (name.includes('phone') ? keep(path, 780, 2800) : keep(path, 1100, 1500))
  }
}

await reportShots()
await playgroundShots()
await rm(folder, { recursive: true })
