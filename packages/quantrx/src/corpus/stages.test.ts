import { correctBiases, gptqCandidate, measureSensitivity } from '@quantrx/algorithms'
import type { Shape } from '@quantrx/core'
import { fromArrays, randomSamples, samples } from '@quantrx/data'
import { compareLayers, evaluateModel, sqnr } from '@quantrx/evaluators'
import { minMax, observe } from '@quantrx/observers'
import { infer } from '@quantrx/runtime'
import type { RunOptions } from '@quantrx/runtime'
import { int8, quantizeModel } from '@quantrx/schemes'
import { concat, lastValueFrom } from 'rxjs'
import { expect, it } from 'vitest'
import { controlFlow, customOperator, decoding, dynamicBatch } from './families/index.ts'
import type { Family } from './family.ts'
import { connect } from './layers.ts'
import { corpusModel } from './model-builder.ts'

const rowsOf = (...shapes: readonly Shape[]) =>
  randomSamples({ inputs: shapes.map((shape) => ({ shape, type: 'float32' })), count: 4, seed: 1 })

it.each<readonly [string, Family, Shape, number]>([
  [dynamicBatch.name, dynamicBatch, [5, 4, 4, 3], 2],
  [customOperator.name, customOperator, [1, 16], 2],
  [controlFlow.name, controlFlow, [1, 16], 1],
])('takes %s through every stage', async (_, family, shape, layers) => {
  const { customOperators } = family
  const run: RunOptions = customOperators === undefined ? {} : { customOperators }
  const [model, open] = [family.model(), rowsOf(shape)]
  const ranges = observe({ minmax: minMax() })
  const calibration = await lastValueFrom(samples(open).pipe(infer(model, run), ranges))
  const candidate = quantizeModel(model, calibration, int8())
  const corrected = await correctBiases(await gptqCandidate(candidate, open, run), open, run)
  const sensitivities = []
  for await (const each of measureSensitivity(model, calibration, int8(), open, run)) sensitivities.push(each)
  expect(sensitivities.filter(({ kind }) => /CONV|FULLY/.test(kind))).toHaveLength(layers)
  const { samples: compared, layers: errors } = await compareLayers(model, corrected.model, open, run)
  expect([compared, errors.length > layers]).toEqual([4, true])
  const plan = { model: corrected.model, reference: model, open, metrics: [sqnr()], ...run }
  expect((await evaluateModel(plan)).metrics.sqnr).toBeGreaterThan(20)
})

it('calibrates each signature with its own samples, and measures each by its own', async () => {
  const model = decoding.model()
  const zero = { type: 'int32', shape: [3], data: new Int32Array(3) } as const
  async function* decode() {
    for await (const { index, inputs } of rowsOf([1, 4, 8], [1, 1, 8])(new AbortController().signal))
      yield { index, inputs: [inputs[0]!, zero, inputs[1]!] }
  }
  const signatures = { encode: rowsOf([1, 4, 8]), decode }
  const activations = Object.entries(signatures).map(([signature, open]) =>
    samples(open).pipe(infer(model, { signature })),
  )
  const calibration = await lastValueFrom(concat(...activations).pipe(observe({ minmax: minMax() })))
  const { model: quantized, floatOperators } = quantizeModel(model, calibration, int8())
  expect([calibration.samples, floatOperators]).toEqual([8, []])
  for (const [signature, open] of Object.entries(signatures)) {
    const plan = { model: quantized, reference: model, open, metrics: [sqnr()], signature }
    const { metrics } = await evaluateModel(plan)
    expect(metrics.sqnr).toBeGreaterThan(20)
    const { layers } = await compareLayers(model, quantized, open, { signature })
    expect(layers.map(({ name }) => name)).toContain({ encode: 'encoded', decode: 'logits' }[signature])
  }
})

/** The rows of `x` whose first value is positive, through a layer: as many as a sample has of them. */
function choosing() {
  const { graph, finish } = corpusModel()
  const g = graph()
  const x = g.input('x', [4, 3])
  const ends = [g.integers('begin', [2], 0, 0), g.integers('end', [2], 4, 1), g.integers('ones', [2], 1, 1)]
  const slice = { kind: 'StridedSliceOptions', beginMask: 0, endMask: 0, ellipsisMask: 0 } as const
  const [first] = g.add('STRIDED_SLICE', [x, ...ends], [['first', [4]]], {
    ...{ ...slice, newAxisMask: 0, shrinkAxisMask: 2, offset: false },
  })
  const [positive] = g.add('GREATER', [first!, g.reals('zero', [], 0)], [['positive', [4], { type: 'BOOL' }]])
  const [where] = g.add('WHERE', [positive!], [['where', [1, 1], { type: 'INT64', signature: [-1, 1] }]])
  const [rows] = g.add('GATHER_ND', [x, where!], [['rows', [1, 3], { signature: [-1, 3] }]])
  g.finish([connect(g, rows!, { name: 'y', depth: 3, shape: [1, 2], signature: [-1, 2] })])
  return finish()
}

it('takes models whose samples differ in sizes on the way', async () => {
  const model = choosing()
  const row = (sample: number) =>
    Float32Array.from({ length: 12 }, (_, at) =>
      at % 3 === 0 ? ((at + 7 * sample) % 4) - 1.5 : (at % 5) - 2,
    )
  const open = fromArrays({ inputs: [row(0), row(1), row(2)], shape: [4, 3] })
  const calibration = await lastValueFrom(samples(open).pipe(infer(model), observe({ minmax: minMax() })))
  const candidate = quantizeModel(model, calibration, int8())
  const { model: quantized } = await correctBiases(await gptqCandidate(candidate, open), open)
  const { layers, unmatched } = await compareLayers(model, quantized, open)
  expect([layers.map(({ name }) => name), unmatched.map(({ name }) => name)]).toEqual([
    ['first', 'rows', 'y'],
    ['positive', 'where'],
  ])
  expect(layers.at(-1)!.sqnrDb).toBeGreaterThan(20)
  const { metrics } = await evaluateModel({ model: quantized, reference: model, open, metrics: [sqnr()] })
  expect(metrics.sqnr).toBeGreaterThan(20)
})

it('quantizes inputs of no elements, too, where all inputs are to be integers', async () => {
  const { graph, finish } = corpusModel()
  const g = graph()
  const inputs = [g.input('x', [1, 3]), g.input('nothing', [1, 0])]
  const options = { kind: 'ConcatenationOptions', axis: 1, fusedActivationFunction: 'NONE' } as const
  const [joined] = g.add('CONCATENATION', inputs, [['joined', [1, 3]]], options)
  g.finish([connect(g, joined!, { name: 'y', depth: 3, shape: [1, 2] })])
  const [model, open] = [finish(), rowsOf([1, 3], [1, 0])]
  const calibration = await lastValueFrom(samples(open).pipe(infer(model), observe({ minmax: minMax() })))
  const { model: quantized, floatOperators } = quantizeModel(model, calibration, int8({ io: 'int8' }))
  expect(floatOperators).toMatchObject([{ kind: 'CONCATENATION', reason: 'tensor "nothing" is empty' }])
  const { metrics } = await evaluateModel({ model: quantized, reference: model, open, metrics: [sqnr()] })
  expect(metrics.sqnr).toBeGreaterThan(20)
})
