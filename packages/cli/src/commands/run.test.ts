import { encodeNpy } from '@quantrx/data'
import { builtinCodeFields, readModel, writeModel } from '@quantrx/tflite'
import type { Model, Tensor } from '@quantrx/tflite'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runJson, runMain } from '../run-main.conformance.ts'

const tensor = (name: string): Tensor => ({
  ...{ name, shape: [1, 2], shapeSignature: [1, -1], type: 'FLOAT32', buffer: 0 },
  ...{ isVariable: false, hasRank: false, externalBuffer: 0 },
})

/** Two signatures on rows of any length. */
function model(): Model {
  const kinds = ['NEG', 'ABS'] as const
  return {
    version: 3,
    operatorCodes: kinds.map((kind) => ({ ...builtinCodeFields(kind), version: 1 })),
    buffers: [{ offset: 0n, size: 0n }],
    subgraphs: kinds.map((_, opcodeIndex) => ({
      tensors: [tensor('x'), tensor('y')],
      operators: [
        {
          ...{ opcodeIndex, inputs: [0], outputs: [1], customOptionsFormat: 'FLEXBUFFERS' },
          ...{ largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n, debugMetadataIndex: -1 },
        },
      ],
      ...{ inputs: [0], outputs: [1], debugMetadataIndex: -1 },
    })),
    signatureDefs: kinds.map((kind, subgraphIndex) => ({
      ...{ signatureKey: kind.toLowerCase(), subgraphIndex },
      inputs: [{ name: 'in', tensorIndex: 0 }],
      outputs: [{ name: 'out', tensorIndex: 1 }],
    })),
  }
}

let folder = ''
const at = (name: string): string => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantrx-'))
  await writeFile(at('two.tflite'), writeModel(readModel(writeModel(model()))))
  const rows = { type: 'float32', shape: [2, 3], data: Float32Array.of(1, -2, 3, -4, 5, -6) } as const
  await writeFile(at('rows.npy'), encodeNpy(rows))
})
afterAll(() => rm(folder, { recursive: true }))

const run = (...options: readonly string[]) =>
  runJson(['run', at('two.tflite'), '--input', at('rows.npy'), ...options])

it('takes sizes that the file leaves open from the first row', async () => {
  expect(await run()).toEqual({
    outputs: [
      {
        name: 'y',
        type: 'float32',
        shape: [2, 3],
        values: [
          [-1, 2, -3],
          [4, -5, 6],
        ],
      },
    ],
  })
})

it('runs the signature that is named, and knows no others', async () => {
  expect(await run('--signature', 'abs')).toMatchObject({
    outputs: [
      {
        values: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      },
    ],
  })
  const { exitCode, stderr } = await runMain([
    'run',
    at('two.tflite'),
    '--input',
    at('rows.npy'),
    '--signature',
    'sin',
  ])
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('expected one of neg, abs')])
})
