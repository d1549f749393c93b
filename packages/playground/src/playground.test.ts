import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeNpy } from '@quantrx/data'
import { figures, pictureUrl } from '@quantrx/report'
import { describeWithChromium, openSite } from '@quantrx/testing'
import type { Site } from '@quantrx/testing'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { buildSite } from './site/build-site.ts'
import type { BuiltSite } from './site/build-site.ts'
import { demoFile, expectedDemo } from './expected-demo.conformance.ts'

const require = createRequire(import.meta.url)
const mostTransferred = 400_000

describeWithChromium('the playground', () => {
  let built: BuiltSite
  let site: Site
  let scratch: string
  beforeAll(async () => {
    built = await buildSite()
    site = await openSite(built.folder, { viewport: { width: 1200, height: 900 }, colorScheme: 'light' })
    scratch = await mkdtemp(join(tmpdir(), 'quantrx-chosen-'))
  })
  afterAll(async () => {
    await site.close()
    await built.remove()
    await rm(scratch, { recursive: true })
  })
  beforeEach(async () => {
    await site.page.goto(site.address)
    await site.page.waitForSelector('.presets')
  })

  const press = (name: string): Promise<void> => site.page.getByRole('button', { name }).click()
  const resultText = async (): Promise<string> => {
    await site.page.waitForSelector('.result')
    return site.page.locator('.result').innerText()
  }
  const choose = (step: string, file: string | { name: string; mimeType: string; buffer: Buffer }) =>
    site.page.locator(`[aria-label="${step}"] input[type=file]`).first().setInputFiles(file)
  const chooseModel = (buffer: Buffer) =>
    choose('Step 1: Model', { name: 'own.tflite', mimeType: '', buffer })
  const chooseSamples = (samples: Uint8Array, name = 'own.npy') =>
    choose('Step 2: Samples', { name, mimeType: '', buffer: Buffer.from(samples) })
  const gray = (count: number): Uint8Array =>
    encodeNpy({
      type: 'uint8',
      shape: [count, 24, 24, 1],
      data: new Uint8Array(count * 576).map((_, at) => at % 251),
    })
  const alerted = (): Promise<string> => site.page.getByRole('alert').innerText()

  async function downloaded(name: string): Promise<Buffer> {
    const [download] = await Promise.all([site.page.waitForEvent('download'), press(name)])
    return readFile(await download.path())
  }

  it('quantizes the demo to the bytes and figures of the libraries, asks nobody else, and is small', async () => {
    await press('Run the demo')
    const text = await resultText()
    const { bytes, wasm, metrics, floatMetrics } = await expectedDemo()
    for (const figure of [
      ...[figures.percent(metrics.top1), `float: ${figures.percent(floatMetrics.top1!)}`],
      ...[figures.percent(metrics.agreement), figures.decibels(metrics.sqnr), figures.bytes(bytes.length)],
    ])
      expect(text).toContain(figure)
    expect(new Uint8Array(await downloaded('demo.int8.tflite'))).toEqual(bytes)
    expect(new Uint8Array(await downloaded('As WebAssembly'))).toEqual(wasm)
    const report = (await downloaded('Report')).toString()
    expect(report).toContain('<svg')
    expect(report).toContain(figures.decibels(metrics.sqnr))
    expect([site.foreign, site.errors]).toEqual([[], []])
    const code = [...site.sent].filter(([path]) => path.startsWith('/assets/') || path === '/index.html')
    const transferred = code.reduce((sum, [, size]) => sum + size, 0)
    expect(transferred).toBeGreaterThan(50_000)
    expect(transferred).toBeLessThan(mostTransferred)
  })

  it('shows each layer with its range and error, and compares methods', async () => {
    await chooseModel(await demoFile('demo.tflite'))
    await chooseSamples(gray(8))
    await press('Quantize')
    await resultText()
    expect(await site.page.locator('.layer').count()).toBe(11)
    expect(await site.page.locator('.layer', { hasText: 'dense' }).innerText()).toMatch(/ to -?\d[^]*\d dB/)
    await site.page.getByText('Best int4').click()
    await press('Quantize')
    await site.page.waitForSelector('.runs tbody tr:nth-child(2).selected')
    const rows = await site.page.locator('.runs tbody tr').allInnerTexts()
    expect(rows.map((row) => row.split('\t')[0]?.trim())).toEqual([
      ...['int8 · minmax · bias-correction', 'int4-inner · minmax · gptq'],
    ])
    await site.page.locator('.runs input').first().click()
    await site.page.waitForSelector('.runs tbody tr:first-child.selected')
  })

  it('takes a folder of images, whose sub-folders are classes', async () => {
    for (const [name, shade] of Object.entries({ 'pictures/ant/1.bmp': 20, 'pictures/bee/2.bmp': 220 })) {
      const pixels = new Uint8Array(16 * 16).map((_, at) => (at % 3 === 0 ? shade : at % 256))
      const url = pictureUrl({ width: 16, height: 16, channels: 1, pixels })
      await mkdir(join(scratch, name, '..'), { recursive: true })
      await writeFile(join(scratch, name), Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'))
    }
    await chooseModel(await demoFile('demo.tflite'))
    await site.page.locator('input[webkitdirectory]').first().setInputFiles(join(scratch, 'pictures'))
    const pictures = site.page.locator('.pictures img')
    await pictures.first().waitFor()
    const titles = await pictures.evaluateAll((all) => all.map((each) => each.getAttribute('title')))
    expect(titles).toEqual(['ant/1.bmp, class 0', 'bee/2.bmp, class 1'])
    await press('Quantize')
    expect(await resultText()).toContain('on 2 samples')
  })

  it('takes what is dropped anywhere on the page', async () => {
    const model = (await demoFile('demo.tflite')).toString('base64')
    await site.page.evaluate((base64) => {
      const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([bytes], 'dropped.tflite'))
      transfer.items.add(new File(['label\n1\n'], 'labels.csv'))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }))
    }, model)
    await site.page.getByText('Choose another model').waitFor()
    expect(await site.page.locator('.file').allInnerTexts()).toEqual(['dropped.tflite', 'labels.csv'])
    expect(await alerted()).toContain('1 files of other kinds')
  })

  it('says of a broken model what was found, what was expected, and where', async () => {
    await chooseModel(Buffer.from('no model at all, whatever its name says'))
    expect(await alerted()).toMatch(/Found\s+\S[^]*Expected\s+\S/)
    expect(await site.page.getByRole('button', { name: 'Quantize' }).isDisabled()).toBe(true)
  })

  it('says of samples that fit no input which, and stays usable', async () => {
    const wrong = encodeNpy({ type: 'float32', shape: [2, 5], data: new Float32Array(10) })
    await chooseModel(await demoFile('demo.tflite'))
    await chooseSamples(wrong)
    await press('Quantize')
    expect(await alerted()).toMatch(/Found[^]*\[5\][^]*Expected[^]*24/)
    await chooseSamples(gray(8))
    await press('Quantize')
    expect(await resultText()).toContain('float: 18.7 kB')
  })

  it('stops when it is told to, keeps nothing, and starts again', async () => {
    await chooseModel(await demoFile('demo.tflite'))
    await chooseSamples(gray(6000))
    // From within, at once: a click from outside may come after the end of the run where the machine is busy.
    await site.page.evaluate(() => {
      const observer = new MutationObserver(() => {
        const button = document.querySelector<HTMLButtonElement>('.progress button')
        if (button !== null) observer.disconnect()
        button?.click()
      })
      observer.observe(document.body, { childList: true, subtree: true })
    })
    await press('Quantize')
    await site.page.getByText('Cancelled').waitFor()
    expect(await site.page.locator('.result, .progress').count()).toBe(0)
    await chooseSamples(gray(8))
    await press('Quantize')
    expect(await resultText()).toContain('float: 18.7 kB')
  })

  it('can talk to nobody but its own server, neither the page nor its worker', async () => {
    const other = site.address.replace('localhost', '127.0.0.1')
    const reach = (address: string): Promise<string> =>
      fetch(address, { mode: 'no-cors' }).then(
        () => 'reached',
        () => 'refused',
      )
    expect(await site.page.evaluate(reach, other)).toBe('refused')
    expect(await site.page.workers()[0]!.evaluate(reach, other)).toBe('refused')
    expect(await site.page.workers()[0]!.evaluate(reach, site.address)).toBe('reached')
  })

  it('passes an accessibility check, before and after, in light and dark, wide and narrow', async () => {
    const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8')
    const violations = async (): Promise<unknown> => {
      await site.page.evaluate(axe)
      return site.page.evaluate(`axe.run().then(({ violations }) => violations.flatMap(
        ({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`)
    }
    expect(await violations()).toEqual([])
    await chooseModel(await demoFile('demo.tflite'))
    await chooseSamples(gray(8))
    await press('Quantize')
    await resultText()
    expect(await violations()).toEqual([])
    await site.page.setViewportSize({ width: 390, height: 800 })
    await site.page.emulateMedia({ colorScheme: 'dark' })
    expect(await violations()).toEqual([])
    expect(await site.page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })
})
