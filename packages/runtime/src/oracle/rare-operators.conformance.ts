import type { Random } from '@quantrx/core'
import {
  activation,
  integers,
  none,
  oneOf,
  randomShape,
  reals,
  scalar,
} from './random-operators.conformance.ts'
import type { RandomOperator } from './random-operators.conformance.ts'

/** How operators are drawn that few models have. */
export const rareOperators: Readonly<Record<string, (random: Random) => Omit<RandomOperator, 'kind'>>> = {
  LOCAL_RESPONSE_NORMALIZATION(random) {
    const shape = randomShape(random, 4, 7)
    const [radius, beta] = [random.integer(4), oneOf(random, 1, 0.5, 0.75)]
    return {
      operands: [activation(shape)],
      options: { kind: 'LocalResponseNormalizationOptions', radius, beta, bias: 1.5, alpha: 0.3 },
      outputs: [{ shape }],
    }
  },
  L2_POOL_2D(random) {
    const [filterHeight, filterWidth, strideH, strideW] = randomShape(random, 4, 3) as [
      number,
      number,
      number,
      number,
    ]
    const [outputs, padding] = [randomShape(random, 4), oneOf(random, 'SAME' as const, 'VALID' as const)]
    const [before, after] = padding === 'SAME' ? [0, 0] : [filterHeight - 1, filterWidth - 1]
    const rows = 1 + (outputs[1]! - 1) * strideH + before
    const columns = 1 + (outputs[2]! - 1) * strideW + after
    return {
      operands: [activation([outputs[0]!, rows, columns, outputs[3]!])],
      options: {
        ...{ kind: 'Pool2DOptions', padding, strideH, strideW, filterHeight, filterWidth },
        fusedActivationFunction: oneOf(random, 'NONE', 'RELU6'),
      },
      outputs: [{ shape: outputs }],
    }
  },
  REVERSE_SEQUENCE(random) {
    const shape = randomShape(random, 2 + random.integer(3))
    const seqDim = random.integer(shape.length)
    const batchDim = (seqDim + 1 + random.integer(shape.length - 1)) % shape.length
    return {
      operands: [
        activation(shape),
        { kind: 'indices', shape: [shape[batchDim]!], bound: shape[seqDim]! + 1 },
      ],
      options: { kind: 'ReverseSequenceOptions', seqDim, batchDim },
      outputs: [{ shape }],
    }
  },
  BROADCAST_ARGS(random) {
    const [a, b] = randomShape(random, 2, 4) as [number, number]
    const sizes = (rank: number) => ({ kind: 'indices', shape: [rank], bound: 2 }) as const
    return { operands: [sizes(a), sizes(b)], outputs: [{ shape: [Math.max(a, b)], type: 'INT32' }] }
  },
  SPARSE_TO_DENSE(random) {
    const [shape, count] = [randomShape(random, 1 + random.integer(4)), 1 + random.integer(5)]
    const [bound, values] = [Math.min(...shape), oneOf(random, [count], [])]
    return {
      operands: [
        { kind: 'indices', shape: [count, shape.length], bound },
        integers(...shape),
        activation(values),
        { kind: 'reals', shape: [], values: [random.normal()] },
      ],
      options: { kind: 'SparseToDenseOptions', validateIndices: false },
      outputs: [{ shape }],
    }
  },
  BITCAST(random) {
    const shape = randomShape(random, 3)
    const [type, last] = oneOf(
      random,
      ['INT32', []] as const,
      ['INT16', [2]] as const,
      ['UINT8', [4]] as const,
    )
    return {
      operands: [activation(shape)],
      options: none('BitcastOptions'),
      outputs: [{ shape: [...shape, ...last], type }],
    }
  },
  CONV_3D(random) {
    const { padding, filter, spatial, outputs, options } = volume(random)
    const [batches, depth, channels] = randomShape(random, 3, 3) as [number, number, number]
    return {
      operands: [
        activation([batches, ...spatial, depth]),
        oneOf(random, activation([...filter, depth, channels]), reals(random, [...filter, depth, channels])),
        ...oneOf(random, [], [reals(random, [channels])]),
      ],
      options: { ...options, padding },
      outputs: [{ shape: [batches, ...outputs, channels] }],
    }
  },
  CONV_3D_TRANSPOSE(random) {
    const { padding, filter, spatial, outputs, options } = volume(random)
    const [batches, depth, channels] = randomShape(random, 3, 3) as [number, number, number]
    const shape = [batches, ...spatial, channels]
    return {
      operands: [
        integers(...shape),
        reals(random, [...filter, channels, depth]),
        activation([batches, ...outputs, depth]),
        ...oneOf(random, [], [reals(random, [channels])]),
      ],
      options: { ...options, padding },
      outputs: [{ shape }],
    }
  },
  NON_MAX_SUPPRESSION_V4: (random) => suppression(random, []),
  NON_MAX_SUPPRESSION_V5: (random) => suppression(random, [oneOf(random, 0, 0.3, 0.8)]),
}

/** A convolution in three dimensions, and the sizes between which it stands. */
function volume(random: Random) {
  const [filter, strides, dilations, outputs] = [3, 2, 2, 3].map((largest) => randomShape(random, 3, largest))
  const padding = oneOf(random, 'SAME' as const, 'VALID' as const)
  const spatial = outputs!.map((count, axis) => {
    const window = padding === 'SAME' ? 1 : (filter![axis]! - 1) * dilations![axis]! + 1
    return (count - 1) * strides![axis]! + window
  })
  const options = {
    kind: 'Conv3DOptions',
    ...{ strideD: strides![0]!, strideH: strides![1]!, strideW: strides![2]! },
    ...{ dilationDFactor: dilations![0]!, dilationHFactor: dilations![1]!, dilationWFactor: dilations![2]! },
    fusedActivationFunction: oneOf(random, 'NONE', 'RELU'),
  } as const
  return { padding, filter: filter!, spatial, outputs: outputs!, options }
}

function suppression(random: Random, sigma: readonly number[]): Omit<RandomOperator, 'kind'> {
  const [count, most] = [5 + random.integer(20), 1 + random.integer(25)]
  const limits = [oneOf(random, 0.1, 0.3, 0.6), oneOf(random, -10, 0, 0.5), ...sigma]
  const lists = sigma.length === 0 ? (['INT32'] as const) : (['INT32', 'FLOAT32'] as const)
  return {
    operands: [
      activation([count, 4]),
      activation([count]),
      scalar(most),
      ...limits.map((value) => ({ kind: 'reals', shape: [], values: [value] }) as const),
    ],
    options: none(sigma.length === 0 ? 'NonMaxSuppressionV4Options' : 'NonMaxSuppressionV5Options'),
    outputs: [...lists.map((type) => ({ shape: [most], type })), { shape: [], type: 'INT32' as const }],
  }
}
