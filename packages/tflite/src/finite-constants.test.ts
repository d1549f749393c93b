import { viewBytes } from '@quantrx/core'
import { expect, it } from 'vitest'
import { withFiniteConstants } from './finite-constants.ts'
import { builtinCodeFields, constantBytes } from './graph.ts'
import type { BuiltinOperator, Model } from './types.ts'

/** An operator of a kind with one constant. */
function withConstant(kind: BuiltinOperator, ...values: readonly number[]): Model {
  const tensor = { type: 'FLOAT32', shape: [values.length], isVariable: false, hasRank: true } as const
  const base = { opcodeIndex: 0, customOptionsFormat: 'FLEXBUFFERS', debugMetadataIndex: -1 } as const
  return {
    version: 3,
    operatorCodes: [{ ...builtinCodeFields(kind), version: 1 }],
    buffers: [
      { offset: 0n, size: 0n },
      { data: new Uint8Array(Float32Array.from(values).buffer), offset: 0n, size: 0n },
    ],
    subgraphs: [
      {
        tensors: [0, 1, 0].map((buffer, at) => ({ ...tensor, name: `${at}`, buffer, externalBuffer: 0 })),
        operators: [
          { ...base, inputs: [0, 1], outputs: [2], largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n },
        ],
        inputs: [0],
        outputs: [2],
        debugMetadataIndex: -1,
      },
    ],
  }
}

const constantOf = (model: Model): readonly number[] => [
  ...viewBytes('float32', constantBytes(model, model.subgraphs![0]!.tensors![1]!)!),
]

it('makes infinite constants finite where operators choose or hide by them', () => {
  const model = withConstant('ADD', 0, -Infinity, Infinity, NaN)
  expect(constantOf(withFiniteConstants(model))).toEqual([
    0,
    -3.4028234663852886e38,
    3.4028234663852886e38,
    NaN,
  ])
  expect(constantOf(model)[1]).toBe(-Infinity)
})

it('leaves weights, and models without infinite constants, as they are', () => {
  for (const model of [withConstant('FULLY_CONNECTED', -Infinity), withConstant('MAXIMUM', -1e9)])
    expect(withFiniteConstants(model)).toBe(model)
})
