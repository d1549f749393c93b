import { seededRandom } from '@quantrx/core'
import type { Calibration, Opener } from '@quantrx/core'
import { int8, quantizeModel } from '@quantrx/schemes'
import type { Candidate, Scheme } from '@quantrx/schemes'
import { builtinCodeFields } from '@quantrx/tflite'
import type { BuiltinOptions, Model, Operator, Tensor } from '@quantrx/tflite'

const tensor = (name: string, shape: readonly number[], buffer = 0): Tensor => ({
  ...{ name, shape, buffer, type: 'FLOAT32', isVariable: false, hasRank: false, externalBuffer: 0 },
})

/** FULLY_CONNECTED with a weight for each input and output, and a bias where there is one. */
export function fullyConnectedModel(
  weights: readonly (readonly number[])[],
  { bias, activation = 'NONE' }: { bias?: readonly number[]; activation?: 'NONE' | 'RELU6' } = {},
): Model {
  const [units, depth] = [weights.length, weights[0]!.length]
  const constant = (values: readonly number[]) => new Uint8Array(Float32Array.from(values).buffer)
  const operator: Operator = {
    ...{ opcodeIndex: 0, inputs: bias ? [0, 1, 3] : [0, 1, -1], outputs: [2], debugMetadataIndex: -1 },
    ...{ customOptionsFormat: 'FLEXBUFFERS', largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n },
    builtinOptions: {
      ...{ kind: 'FullyConnectedOptions', weightsFormat: 'DEFAULT', keepNumDims: false },
      ...{ fusedActivationFunction: activation, asymmetricQuantizeInputs: false },
      quantizedBiasType: 'FLOAT32',
    } as BuiltinOptions,
  }
  const graph = [tensor('x', [1, depth]), tensor('w', [units, depth], 1), tensor('y', [1, units])]
  return {
    version: 3,
    operatorCodes: [{ ...builtinCodeFields('FULLY_CONNECTED'), version: 1 }],
    buffers: [
      { offset: 0n, size: 0n },
      { offset: 0n, size: 0n, data: constant(weights.flat()) },
      { offset: 0n, size: 0n, data: constant(bias ?? []) },
    ],
    subgraphs: [
      {
        tensors: bias ? [...graph, tensor('b', [units], 2)] : graph,
        ...{ operators: [operator], inputs: [0], outputs: [2], debugMetadataIndex: -1 },
      },
    ],
  }
}

/** Quantized by ranges that are given. */
export function quantized(
  model: Model,
  x: readonly [number, number],
  y: readonly [number, number],
  scheme: Scheme = int8(),
): Candidate<'hand'> {
  const tensors = [
    { index: 0, name: 'x', range: x } as const,
    { index: 2, name: 'y', range: y } as const,
  ].map(({ index, name, range: [min, max] }) => ({ subgraph: 0, index, name, result: { min, max } }))
  const calibration: Calibration<'hand'> = {
    ...{ kind: 'calibration', strategy: 'hand', observer: 'hand', samples: 1, tensors },
  }
  return quantizeModel(model, calibration, scheme)
}

/** Samples of one input. */
export function samplesOf(rows: readonly (readonly number[])[]): Opener {
  return async function* () {
    for (const [index, row] of rows.entries()) {
      yield { index, inputs: [{ type: 'float32', shape: [row.length], data: Float32Array.from(row) }] }
    }
  }
}

/** Rows of seeded values from 0 to 1, or about 0. */
export function randomRows(rows: number, columns: number): readonly (readonly number[])[] {
  const random = seededRandom(rows)
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.next()))
}
