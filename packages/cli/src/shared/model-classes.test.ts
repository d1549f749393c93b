import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeNpy } from '@quantrx/data'
import { openDataFile } from '@quantrx/data/node'
import { readModel, writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { describeWithFixtures, readFixture } from '@quantrx/testing'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runJson } from '../run-main.conformance.ts'
import { demoFiles } from './demo-files.ts'
import { publishedClassNames } from './model-classes.ts'

const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

describeWithFixtures('classes that the metadata names', () => {
  const published = readModel(readFixture('data/models/mobilenet_v1_0.25_224_uint8_qat_official.tflite'))
  let folder = ''
  let demo: Model
  const at = (name: string): string => join(folder, name)

  /** The model of the demo with metadata that says that `labels.txt` has the names of its classes. */
  function labelled(names: readonly string[]): Model {
    const entry = published.metadata!.find(({ name }) => name === 'TFLITE_METADATA')!
    const buffers = [...demo.buffers!, published.buffers![entry.buffer]!]
    const metadata = [...(demo.metadata ?? []), { ...entry, buffer: buffers.length - 1 }]
    const trailing = zipSync({ 'labels.txt': new TextEncoder().encode(names.join('\n')) })
    return { ...demo, buffers, metadata, trailing }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quantrx-classes-'))
    demo = readModel(await readFile(demoFiles.model))
    await writeFile(at('digits.tflite'), writeModel(labelled(digits)))
    await writeFile(at('letters.txt'), [...'ABCDEFGHIJ'].join('\n'))
    const open = await openDataFile(demoFiles.test, { rows: { start: 0, end: 20 } })
    for await (const { index, label, inputs } of open(new AbortController().signal)) {
      await mkdir(at(`digits/${digits[label!]}`), { recursive: true })
      const { shape, data } = inputs[0]!
      await writeFile(
        at(`digits/${digits[label!]}/${index}.npy`),
        encodeNpy({ type: 'float32', shape, data: Float32Array.from(data as Float32Array) }),
      )
    }
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('are those of every score, or none', async () => {
    expect((await publishedClassNames(published))?.[1]).toBe('tench')
    expect(await publishedClassNames(labelled(digits))).toEqual(digits)
    expect(await publishedClassNames(labelled(digits.slice(1)))).toBeUndefined()
    expect(await publishedClassNames(demo)).toBeUndefined()
  })

  it('are what folders of samples are called by', async () => {
    const measured = (model: string, data: readonly string[]) =>
      runJson(['evaluate', model, '--data', ...data])
    const { samples, top1 } = await measured(demoFiles.model, [demoFiles.test, '--rows', ':20'])
    expect(await measured(at('digits.tflite'), [at('digits')])).toEqual({ samples, top1 })
    const given = ['--classes', at('reversed.txt')]
    await writeFile(at('reversed.txt'), [...digits].reverse().join('\n'))
    const reversed = await measured(at('digits.tflite'), [at('digits'), ...given])
    expect(reversed['top1']).toBeLessThan(top1 as number)
  })

  it('stand in the report, unless --classes names others', async () => {
    const guesses = async (model: string, ...options: readonly string[]): Promise<readonly string[]> => {
      const files = ['--out', at('out.tflite'), '--report', at('report.html')]
      const data = ['--data', demoFiles.calibration, '--samples', '10', '--test', demoFiles.test]
      // The borrowed metadata would normalize pixels, too.
      const same = ['--scheme', 'int4', '--normalize', '0,1']
      await runJson(['quantize', model, ...data, ...same, ...files, ...options])
      const page = await readFile(at('report.html'), 'utf8')
      return [...page.matchAll(/(?:float|integer): (.*?), [\d.]+ %/g)].map(([, guess]) => guess!)
    }
    const numbers = (await guesses(demoFiles.model)).map((guess) => Number(/^class (\d)$/.exec(guess)?.[1]))
    expect(numbers.length).toBeGreaterThan(1)
    const named = (names: readonly string[]) => numbers.map((at) => `${names[at]} (class ${at})`)
    expect(await guesses(at('digits.tflite'))).toEqual(named(digits))
    const letters = ['--classes', at('letters.txt')]
    expect(await guesses(at('digits.tflite'), ...letters)).toEqual(named([...'ABCDEFGHIJ']))
  })
})
