import type { Tensor } from '@quantrx/core'
import { compile, compileStandalone } from '@quantrx/runtime'
import type { StandaloneModule } from '@quantrx/runtime'
import { int8 } from '@quantrx/schemes'
import {
  describeWithChromium,
  describeWithFixtures,
  describeWithNode24,
  describeWithWabt,
  floatingPoint,
  node24,
  readFixture,
  readNpy,
} from '@quantrx/testing'
import { readModel, writeModel } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { bytesOf, firstSamples, quantizeReal, realModels, runKeepingInputs } from './real-models.ts'
import { runInChromium, runInInterpreter, runInNode } from './standalone-engines.ts'
import type { RunStandalone } from './standalone-engines.ts'

/** An int8 model whose inputs and outputs are int8, and real inputs for it. */
interface IntegerModel {
  readonly file: Uint8Array
  readonly samples: readonly Tensor[]
}

const count = 2

/** A publisher's model, and the first rows of a file of stored bytes for it. */
function published(name: string, rows: string, convert: (byte: number) => number): IntegerModel {
  const file = readFixture('data/models', `${name}.tflite`)
  const { shape, data } = readNpy(readFixture('data', rows))
  const size = data.length / shape[0]!
  const samples = Array.from({ length: count }, (_, row) => {
    const values = Int8Array.from(data.slice(row * size, (row + 1) * size) as Int8Array, convert)
    return { type: 'int8', shape: shape.slice(1), data: values } as const
  })
  return { file, samples }
}

/** The publisher's float MobileNet, quantized; one sample takes an interpreter seconds. */
async function ourMobileNet(): Promise<IntegerModel> {
  const real = realModels.find(({ name }) => name === 'mobilenet')!
  const { model } = await quantizeReal(real, int8({ io: 'int8' }), 2)
  const samples = (await firstSamples(real, 1)).flatMap(({ inputs }) => inputs)
  return { file: writeModel(model), samples }
}

const models = {
  resnet8: () =>
    published('resnet8_cifar10_int8_official', 'cifar10/test_ic01_200_x.npy', (pixel) => pixel - 128),
  kws: () => published('kws_dscnn_int8_official', 'kws/inputs_int8_1000.npy', (value) => value),
  mobilenet: ourMobileNet,
} as const

const names = Object.keys(models) as (keyof typeof models)[]
const prepared = new Map<string, IntegerModel | Promise<IntegerModel>>()

async function prepare(name: keyof typeof models): Promise<IntegerModel> {
  if (!prepared.has(name)) prepared.set(name, models[name]())
  return prepared.get(name)!
}

describeWithFixtures('int8 models as standalone modules', () => {
  describe.each(['tflite', 'xnnpack'] as const)('%s arithmetic', (arithmetic) => {
    const standalone = async (name: keyof typeof models): Promise<StandaloneModule> =>
      compileStandalone(readModel((await prepare(name)).file), { arithmetic })

    it.each(names)('%s: at most 60 kB more than the .tflite file', async (name) => {
      const { file } = await prepare(name)
      const { bytes } = await standalone(name)
      expect(bytes.length - file.length).toBeLessThanOrEqual(60_000)
    })

    const runEverywhere = (run: RunStandalone): void => {
      it.each(names)('%s: the same outputs as the program', async (name) => {
        const { file, samples } = await prepare(name)
        const program = await compile(readModel(file), { arithmetic })
        const expected = samples.map((sample, index) => {
          const { outputs, stored } = runKeepingInputs(program, { index, inputs: [sample] })
          return { input: stored[0]!, output: bytesOf(outputs[0] as Tensor).slice() }
        })
        const inputs = expected.map(({ input }) => input)
        expect(await run(await standalone(name), inputs)).toEqual(expected.map(({ output }) => output))
      })
    }

    describe('in this Node', () => runEverywhere(runInNode(process.execPath)))
    describeWithNode24('in Node 24', () => runEverywhere(runInNode(node24!)))
    describeWithChromium('in Chromium', () => runEverywhere(runInChromium))
    describeWithWabt('in the interpreter of wabt', () => runEverywhere(runInInterpreter))
  })

  it.each(names)('%s: no floating point in the tflite arithmetic', async (name) => {
    const { file } = await prepare(name)
    for (const innerLoop of ['i16', 'usdot'] as const)
      expect(await floatingPoint(compileStandalone(readModel(file), { innerLoop }).bytes)).toEqual([])
  })

  it.each(realModels)('$name float: with floating point', async ({ file }) => {
    const { bytes } = compileStandalone(readModel(readFixture('data/models', `${file}.tflite`)))
    expect(await floatingPoint(bytes)).toContain('f32x4.mul')
  })
})
