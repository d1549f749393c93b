import { allocate, elementCount, seededRandom } from '@quantrx/core'
import type { Calibration, Random, Tensor } from '@quantrx/core'
import { collect, finishCollection, minMax, startCollection } from '@quantrx/observers'
import { activationRunner, compile } from '@quantrx/runtime'
import { int8, quantizeModel } from '@quantrx/schemes'
import { describeWith, openTfLite29, tfLite29Path } from '@quantrx/testing'
import { readModel, writeModel } from '@quantrx/tflite'
import type { Model, Tensor as FileTensor } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { connect } from './layers.ts'
import { corpusModel } from './model-builder.ts'
import type { GraphBuilder } from './model-builder.ts'
import { remember, rememberFeatures } from './recurrent-layers.ts'
import type { LstmLayer } from './recurrent-layers.ts'

const [steps, depth, units, calls] = [6, 5, 8, 4]
const layer: LstmLayer = { name: 'y', steps, depth, units }
const lstm = (traits: Partial<LstmLayer>) => (g: GraphBuilder) => {
  const shape = traits.timeMajor === true ? [steps, 1, depth] : [1, steps, depth]
  return remember(g, g.input('x', shape), { ...layer, ...traits })
}

/** Models of one recurrent operator. */
const models: Readonly<Record<string, (g: GraphBuilder) => number>> = {
  'an LSTM': lstm({}),
  'an LSTM with coupled gates, time first': lstm({ coupled: true, timeMajor: true }),
  'an LSTM with a projection': lstm({ projection: 3, projectionBias: true }),
  'an LSTM with normalization': lstm({ normalized: true }),
  'an LSTM with normalization, coupled gates and a projection': lstm({
    ...{ normalized: true, coupled: true, projection: 6, cellClip: 3 },
  }),
  'an LSTM with peepholes': lstm({ peepholes: true }),
  'an SVDF': (g) =>
    rememberFeatures(g, g.input('x', [1, depth]), { name: 'y', depth, units, rank: 2, memory: 4 }),
  'an SVDF of rank 1 without bias': (g) =>
    rememberFeatures(g, g.input('x', [1, depth]), {
      ...{ name: 'y', depth, units, rank: 1, memory: 3, bias: false },
    }),
}

function modelOf(build: (g: GraphBuilder) => number): Model {
  const { graph, finish } = corpusModel()
  const g = graph()
  g.finish([build(g)])
  return readModel(writeModel(finish()))
}

/** Values of one range, so that calibration knows all that is to come. */
const realInput = (random: Random, shape: readonly number[]): Tensor => {
  const data = Float32Array.from({ length: elementCount(shape) }, () => 4 * random.next() - 2)
  return { type: 'float32', shape, data }
}

async function calibrate(model: Model): Promise<Calibration> {
  const [program, random] = [await compile(model), seededRandom(4)]
  const [observers, collection] = [{ minmax: minMax() }, startCollection()]
  const run = activationRunner(program, { keepStates: true })
  for (let index = 0; index < 100; index++) {
    const inputs = [realInput(random, program.inputs[0]!.shape)]
    run({ index, inputs }, (activation) => collect(observers, collection, activation))
  }
  return finishCollection(observers, collection)[0]!
}

/** Values over calls whose states go from one to the next. */
async function valuesOf(model: Model): Promise<readonly number[]> {
  const [program, random] = [await compile(model), seededRandom(9)]
  return Array.from({ length: calls }, () => {
    const [output] = program.run([realInput(random, program.inputs[0]!.shape)])
    return Array.from(output!.data as Float32Array)
  }).flat()
}

describe.each(Object.entries(models))('%s', (_, build) => {
  it('becomes int8, states and inner values included, and stays near what it was', async () => {
    const model = modelOf(build)
    const { model: integer, floatOperators } = quantizeModel(model, await calibrate(model), int8())
    expect(floatOperators).toEqual([])
    const [expected, found] = [await valuesOf(model), await valuesOf(readModel(writeModel(integer)))]
    const range = Math.max(...expected) - Math.min(...expected)
    const errors = found.map((value, at) => (value - expected[at]!) / range)
    expect(Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length)).toBeLessThan(
      0.02,
    )
  })
})

it.each([
  ['an LSTM', [1, steps, 3]],
  ['an SVDF', [1, 3]],
] as const)('leaves %s float where a calibration knows nothing of its inner values', async (name, shape) => {
  const model = modelOf((g) => connect(g, models[name]!(g), { name: 'z', depth: units, shape }))
  const { tensors, ...calibration } = await calibrate(model)
  const known = tensors.filter(({ index }) => !isInside(model, index))
  expect(known.length).toBeLessThan(tensors.length)
  const { floatOperators } = quantizeModel(model, { ...calibration, tensors: known }, int8())
  expect(floatOperators).toMatchObject([{ reason: 'values inside it were not calibrated' }])
})

function isInside({ subgraphs }: Model, index: number): boolean {
  const tensors = subgraphs?.[0]?.tensors ?? []
  return tensors[index] === undefined || tensors[index].isVariable
}

/**
 * The file with which release 2.9 computes what later ones compute: where nothing is projected, it subtracted the zero point of
 * hidden values, which are the outputs then, instead of adding it.
 */
function forRelease29(model: Model): Model {
  const [graph] = model.subgraphs!
  const [operator] = graph!.operators!
  const hidden = operator!.intermediates?.[4]
  if (hidden === undefined || operator!.inputs![16] !== -1) return model
  const negated = ({ quantization, ...tensor }: FileTensor): FileTensor => ({
    ...tensor,
    quantization: { ...quantization!, zeroPoint: quantization!.zeroPoint!.map((each) => -each) },
  })
  const tensors = graph!.tensors!.map((tensor, at) => (at === hidden ? negated(tensor) : tensor))
  return { ...model, subgraphs: [{ ...graph!, tensors }] }
}

const path = tfLite29Path()

describeWith('TensorFlow Lite 2.9 library', path !== undefined, 'recurrent operators made int8', () => {
  it.each(Object.entries(models))('%s: the library computes the same', async (_, build) => {
    const model = modelOf(build)
    const { model: integer } = quantizeModel(model, await calibrate(model), int8({ io: 'int8' }))
    const oracle = openTfLite29(path ?? '', writeModel(forRelease29(integer)))
    const [program, random] = [await compile(integer), seededRandom(2)]
    const { shape } = program.inputs[0]!
    for (let call = 0; call < calls; call++) {
      const data = allocate('int8', elementCount(shape)).map(() => random.integer(256) - 128)
      const [expected] = await oracle.run([new Uint8Array(data.buffer)])
      const [output] = program.run([{ type: 'int8', shape, data } as Tensor])
      expect(Array.from(output!.data as Int8Array)).toEqual(Array.from(new Int8Array(expected!.buffer)))
    }
    oracle.close()
  })
})
