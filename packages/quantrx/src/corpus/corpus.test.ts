import { UsageError, allocate, elementCount, seededRandom } from '@quantrx/core'
import type { Calibration, Sample, Tensor } from '@quantrx/core'
import { collect, finishCollection, minMax, startCollection } from '@quantrx/observers'
import { activationRunner, compile } from '@quantrx/runtime'
import type { CompileOptions, Program } from '@quantrx/runtime'
import { float16, int8, quantizeModel, schemes } from '@quantrx/schemes'
import type { Candidate, Scheme } from '@quantrx/schemes'
import { openLiteRt } from '@quantrx/testing'
import { readModel, writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import * as families from './families/index.ts'
import type { Family } from './family.ts'

const optionsOf = ({ signature, inputShapes, customOperators }: Family): CompileOptions => ({
  arithmetic: 'xnnpack',
  ...(signature === undefined ? {} : { signature }),
  ...(inputShapes === undefined ? {} : { inputShapes }),
  ...(customOperators === undefined ? {} : { customOperators }),
})

/** Random samples for a program's inputs. */
function samplesFor({ inputs }: Program, { vocabulary = 1 }: Family): readonly Sample[] {
  const random = seededRandom(7)
  return Array.from({ length: 6 }, (_, index) => ({
    index,
    inputs: inputs.map(({ type, shape }): Tensor => {
      const data = allocate(type, elementCount(shape))
      for (let at = 0; at < data.length; at++)
        (data as Float32Array)[at] = type === 'float32' ? random.normal() : random.integer(vocabulary)
      return { type, shape, data } as Tensor
    }),
  }))
}

async function calibrate(model: Model, family: Family): Promise<Calibration> {
  const program = await compile(model, optionsOf(family))
  const [observers, collection] = [{ minmax: minMax() }, startCollection()]
  const run = activationRunner(program)
  for (const sample of samplesFor(program, family))
    run(sample, (activation) => collect(observers, collection, activation))
  return finishCollection(observers, collection)[0]!
}

type Outputs = readonly (readonly number[])[]

async function runHere(model: Model, family: Family): Promise<readonly Outputs[]> {
  const program = await compile(model, optionsOf(family))
  return samplesFor(program, family).map(({ inputs }) =>
    program.run(inputs).map(({ data }) => Array.from(data as Float32Array, Number)),
  )
}

/** LiteRT runs the first signature, and shapes as they are stored. */
function forLiteRt(model: Model, { signature, inputShapes }: Family): Model {
  const signatureDefs = model.signatureDefs?.filter(({ signatureKey }) => signatureKey === signature)
  const subgraphs = model.subgraphs!.map((graph, at) => {
    if (inputShapes === undefined || at > 0) return graph
    const batch = inputShapes[0]![0]!
    const ends = [...graph.inputs!, ...graph.outputs!]
    const tensors = graph.tensors!.map(({ shapeSignature: _, ...tensor }, index) =>
      ends.includes(index) ? { ...tensor, shape: [batch, ...tensor.shape!.slice(1)] } : tensor,
    )
    return { ...graph, tensors }
  })
  return { ...model, subgraphs, ...(signatureDefs === undefined ? {} : { signatureDefs }) }
}

async function runInLiteRt(model: Model, family: Family): Promise<readonly Outputs[]> {
  const program = await compile(model, optionsOf(family))
  const oracle = await openLiteRt(writeModel(forLiteRt(model, family)))
  const found: Outputs[] = []
  for (const { inputs } of samplesFor(program, family)) {
    const given = oracle.inputs.map(({ name }, at) => {
      const named = program.inputs.findIndex((input) => input.name === name)
      const { data } = inputs[named === -1 ? at : named]!
      return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    })
    const outputs = await oracle.run(given)
    const inOrder = program.outputs.map(({ name }, at) => {
      const named = oracle.outputs.findIndex((output) => output.name === name)
      return outputs[named === -1 ? at : named]!
    })
    found.push(inOrder.map((bytes) => Array.from(new Float32Array(bytes.slice().buffer))))
  }
  oracle.close()
  return found
}

/** Largest difference as a part of the largest value. */
function difference(a: readonly Outputs[], b: readonly Outputs[]): number {
  expect(a.flat().map(({ length }) => length)).toEqual(b.flat().map(({ length }) => length))
  const [left, right] = [a.flat(2), b.flat(2)]
  const magnitude = Math.max(...right.map(Math.abs))
  return Math.max(...left.map((value, at) => Math.abs(value - right[at]!))) / magnitude
}

/** What a scheme makes of a model, written and read again; undefined where it says that it finds nothing to do. */
function quantized(model: Model, calibration: Calibration, scheme: Scheme): Candidate | undefined {
  try {
    const candidate = quantizeModel(model, calibration, scheme)
    return { ...candidate, model: readModel(writeModel(candidate.model)) }
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}

const kindsOf = ({ floatOperators }: Candidate): readonly string[] => [
  ...new Set(floatOperators.map(({ kind }) => kind)),
]

const all = Object.values(families).map((family): [string, Family] => [family.name, family])

describe.each(all)('%s', (_, family) => {
  const { inLiteRt = true, chooses = false, float } = family
  const model = readModel(writeModel(family.model()))

  it('runs as in LiteRT', async () => {
    const here = await runHere(model, family)
    expect(here.flat(2).some((value) => value !== 0)).toBe(true)
    if (inLiteRt) expect(difference(here, await runInLiteRt(model, family))).toBeLessThan(1e-5)
  })

  it('becomes integer but for the operators that are listed', async () => {
    const candidate = quantized(model, await calibrate(model, family), int8())
    expect([...kindsOf(candidate!)].sort()).toEqual(float)
    for (const { reason } of candidate!.floatOperators) expect(reason.length).toBeGreaterThan(10)
  })

  it('is quantized in every scheme that applies, for LiteRT to run alike', async () => {
    const calibration = await calibrate(model, family)
    const real = await runHere(model, family)
    let applied = 0
    for (const factory of Object.values(schemes)) {
      const candidate = quantized(model, calibration, factory())
      if (candidate === undefined) continue
      applied++
      const here = await runHere(candidate.model, family)
      const lost = candidate.scheme === 'float16' ? 1e-3 : 0.3
      if (!chooses)
        expect([candidate.scheme, difference(here, real) < lost]).toEqual([candidate.scheme, true])
      if (!inLiteRt) continue
      const there = await runInLiteRt(candidate.model, family)
      expect([candidate.scheme, difference(here, there) < 0.03]).toEqual([candidate.scheme, true])
    }
    expect(applied).toBeGreaterThan(2)
  })

  it('becomes the same integers from float16 weights', async () => {
    const calibration = await calibrate(model, family)
    const half = quantized(model, calibration, float16())!.model
    const direct = quantized(model, calibration, int8())!
    const again = quantized(half, await calibrate(half, family), int8())!
    expect(kindsOf(again)).toEqual(kindsOf(direct))
    const [a, b] = [await runHere(again.model, family), await runHere(direct.model, family)]
    if (!chooses) expect(difference(a, b)).toBeLessThan(0.05)
  })
})

it('names a custom operator that nothing runs', async () => {
  await expect(compile(families.customOperator.model())).rejects.toThrow('"Squash": { prepare }')
})
