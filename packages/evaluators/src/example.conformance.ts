import type { Opener, Sample } from '@quantrx/core'
import { quantizeModel, int8 } from '@quantrx/schemes'
import type { Candidate } from '@quantrx/schemes'
import { builtinCodeFields } from '@quantrx/tflite'
import type { Model, Operator, Tensor } from '@quantrx/tflite'

const tensor = (name: string, shape: readonly number[], buffer = 0): Tensor => ({
  ...{ name, shape, buffer, type: 'FLOAT32', isVariable: false, hasRank: false, externalBuffer: 0 },
})

const operator = (opcodeIndex: number, inputs: readonly number[], outputs: readonly number[]): Operator => ({
  ...{ opcodeIndex, inputs, outputs, customOptionsFormat: 'FLEXBUFFERS', debugMetadataIndex: -1 },
  ...{ largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n },
})

/** A float model of two operators: y = softmax(W x), with W the identity. */
export function exampleModel(): Model {
  const weights = new Uint8Array(Float32Array.of(1, 0, 0, 1).buffer)
  return {
    version: 3,
    operatorCodes: [
      { ...builtinCodeFields('FULLY_CONNECTED'), version: 1 },
      { ...builtinCodeFields('SOFTMAX'), version: 1 },
    ],
    buffers: [
      { offset: 0n, size: 0n },
      { data: weights, offset: 0n, size: 0n },
    ],
    subgraphs: [
      {
        tensors: [tensor('x', [1, 2]), tensor('w', [2, 2], 1), tensor('logits', [1, 2]), tensor('y', [1, 2])],
        operators: [
          operator(0, [0, 1, -1], [2]),
          { ...operator(1, [2], [3]), builtinOptions: { kind: 'SoftmaxOptions', beta: 1 } },
        ],
        inputs: [0],
        outputs: [3],
        debugMetadataIndex: -1,
      },
    ],
  }
}

/** The example model in int8. */
export function exampleCandidate(): Candidate<'hand'> {
  const range = { min: -4, max: 4 }
  const tensors = ['x', 'logits', 'y'].map((name, at) => ({
    subgraph: 0,
    index: [0, 2, 3][at]!,
    name,
    result: range,
  }))
  const calibration = {
    kind: 'calibration',
    strategy: 'hand',
    observer: 'hand',
    samples: 1,
    tensors,
  } as const
  return quantizeModel(exampleModel(), calibration, int8())
}

/** Samples for the example model; the label of each is its larger input, but for the last one. */
export function exampleSamples(labelled = true): Opener {
  const inputs = [
    [3, -1],
    [0.2, 0.9],
    [-2, 1],
    [4, -4],
  ]

  return async function* () {
    for (const [index, values] of inputs.entries()) {
      const sample: Sample = {
        index,
        inputs: [{ type: 'float32', shape: [2], data: Float32Array.from(values) }],
      }
      yield labelled ? { ...sample, label: [0, 1, 1, 1][index]! } : sample
    }
  }
}
