import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeNpy } from '@quantrx/data'
import { builtinCodeFields, readModel, writeModel } from '@quantrx/tflite'
import type { Model, Operator, Tensor } from '@quantrx/tflite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runMain } from '../run-main.conformance.ts'
import { statesHint } from './keep-states-option.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantrx-states-'))
})
afterAll(() => rm(folder, { recursive: true }))

const tensor = (name: string, isVariable = false): Tensor => ({
  ...{ name, shape: [1, 2], type: 'FLOAT32', buffer: 0, isVariable, hasRank: false, externalBuffer: 0 },
})
const operator = (opcodeIndex: number, inputs: number[], output: number): Operator => ({
  ...{ opcodeIndex, inputs, outputs: [output], customOptionsFormat: 'FLEXBUFFERS', debugMetadataIndex: -1 },
  ...{ largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n },
})

/** Adds each sample to the sum of those before. */
const summing: Model = {
  version: 3,
  operatorCodes: (['ADD', 'ABS'] as const).map((kind) => ({ ...builtinCodeFields(kind), version: 1 })),
  subgraphs: [
    {
      tensors: [tensor('sample'), tensor('before', true), tensor('sum'), tensor('y')],
      operators: [operator(0, [0, 1], 2), operator(1, [2], 1), operator(1, [2], 3)],
      ...{ inputs: [0], outputs: [3], debugMetadataIndex: -1 },
    },
  ],
  buffers: [{ offset: 0n, size: 0n }],
}

it.each([
  [[], 1],
  [['--keep-states'], 4],
  [['--keep-states', '--threads', '2'], 4],
])('calibrates with states that %j keeps from sample to sample', async (options, largest) => {
  const [path, data, out] = ['sum.tflite', 'ones.npy', 'out.tflite'].map((name) => join(folder, name))
  await writeFile(path!, writeModel(summing))
  await writeFile(data!, encodeNpy({ type: 'float32', shape: [4, 1, 2], data: new Float32Array(8).fill(1) }))
  const { stderr } = await runMain(['quantize', path!, '--data', data!, '--out', out!, ...options])
  expect(stderr.includes('one thread')).toBe(options.includes('--threads'))
  const tensors = readModel(await readFile(out!)).subgraphs![0]!.tensors!
  const scales = tensors.flatMap(({ quantization }) => quantization?.scale ?? [])
  expect(Math.max(...scales)).toBeCloseTo(largest / 255, 6)
})

it('is told of where a model has resource variables', () => {
  const codes = (['READ_VARIABLE', 'ABS'] as const).map((kind) => ({
    ...builtinCodeFields(kind),
    version: 1,
  }))
  const model = { ...summing, operatorCodes: codes }
  expect(statesHint(model, {})).toContain('--keep-states')
  expect(statesHint(model, { keepStates: true })).toBeUndefined()
  expect(statesHint(summing, {})).toBeUndefined()
})
