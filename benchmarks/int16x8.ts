/**
 * Quantizes the float models of the fixtures to int16x8, without bias correction, has LiteRT run them, whose int16 kernels give
 * the same bits as ours in less time, and prints on how many samples they choose what the float model chooses. Exits 1 when that
 * is less than 99 % of a model that is held to it: mobilenet_v1_0.25 is limited by its 8-bit weights.
 *
 * npm run accuracy:int16x8 -- [--models resnet8,kws,mnist,mobilenet]
 */
import { parseArgs } from 'node:util'
import type { Sample } from '@quantrx/core'
import { samples } from '@quantrx/data'
import { openDataFile } from '@quantrx/data/node'
import { minMax, observe } from '@quantrx/observers'
import { compile, infer } from '@quantrx/runtime'
import { int16x8, quantizeModel } from '@quantrx/schemes'
import { fixturePath, openLiteRt, readFixture } from '@quantrx/testing'
import { readModel, writeModel } from '@quantrx/tflite'
import { lastValueFrom } from 'rxjs'
import { subjects } from './accuracy/subjects.ts'
import type { Subject } from './accuracy/subjects.ts'

const bar = 0.99
const limitedByWeights = 'mobilenet'
const { values } = parseArgs({ options: { models: { type: 'string', default: 'resnet8,kws' } } })

const largestAt = (outputs: Float32Array): number => outputs.indexOf(Math.max(...outputs))

async function agreement({ file, calibration, test }: Subject): Promise<{ agreeing: number; of: number }> {
  const source = readModel(readFixture('data/models', `${file}.tflite`))
  const known = await openDataFile(fixturePath('data', calibration.file), calibration.options)
  const ranges = await lastValueFrom(samples(known).pipe(infer(source), observe({ minmax: minMax() })))
  const litert = await openLiteRt(writeModel(quantizeModel(source, ranges, int16x8()).model))
  const float = await compile(source)
  const open = await openDataFile(fixturePath('data', test.file), test.options)
  let [agreeing, of] = [0, 0]
  for await (const { inputs } of open(new AbortController().signal) as AsyncIterable<Sample>) {
    const expected = largestAt(float.run(inputs)[0]!.data as Float32Array)
    const stored = Float32Array.from(inputs[0]!.data as Float32Array)
    const [bytes] = await litert.run([new Uint8Array(stored.buffer)])
    if (largestAt(new Float32Array(bytes!.slice().buffer)) === expected) agreeing++
    of++
  }
  litert.close()
  return { agreeing, of }
}

console.log('model | samples | int16x8 chooses what float chooses | bar')
console.log('---|---|---|---')
for (const subject of subjects.filter(({ name }) => values.models.split(',').includes(name))) {
  const { agreeing, of } = await agreement(subject)
  const held = subject.name !== limitedByWeights
  const verdict = held ? (agreeing >= bar * of ? '99 %, met' : '99 %, NOT MET') : ''
  console.log(`${subject.name} | ${of} | ${agreeing} | ${verdict}`)
  if (held && agreeing < bar * of) process.exitCode = 1
}
