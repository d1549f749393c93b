import type { Random } from '@quantrx/core'
import type { BuiltinOptions } from '@quantrx/tflite'
import {
  activation,
  integers,
  none,
  oneOf,
  randomShape,
  scalar,
  shuffled,
} from './random-operators.conformance.ts'
import type { RandomOperator } from './random-operators.conformance.ts'

/**
 * How operators that choose, reduce and resize are drawn. SHAPE and RANK are missing: LiteRT refuses them as outputs of a model.
 */
export const choosingOperators: Readonly<Record<string, (random: Random) => Omit<RandomOperator, 'kind'>>> = {
  ONE_HOT(random) {
    const [shape, depth] = [randomShape(random, 2), 1 + random.integer(5)]
    const axis = oneOf(random, -1, 0, 1)
    const at = axis === -1 ? 2 : axis
    return {
      operands: [
        { kind: 'indices', shape, bound: depth + 1 },
        scalar(depth),
        { kind: 'reals', shape: [], values: [random.normal()] },
        { kind: 'reals', shape: [], values: [random.normal()] },
      ],
      options: { kind: 'OneHotOptions', axis },
      outputs: [{ shape: [...shape.slice(0, at), depth, ...shape.slice(at)] }],
    }
  },
  TOPK_V2(random) {
    const shape = randomShape(random, 2, 20)
    const count = 1 + random.integer(shape[1]!)
    return {
      operands: [activation(shape), scalar(count)],
      options: none('TopKV2Options'),
      outputs: [{ shape: [shape[0]!, count] }, { shape: [shape[0]!, count], type: 'INT32' }],
    }
  },
  ARG_MAX: (random) => best(random, { kind: 'ArgMaxOptions', outputType: 'INT32' }),
  ARG_MIN: (random) => best(random, { kind: 'ArgMinOptions', outputType: 'INT32' }),
  REDUCE_MAX: (random) => reduction(random),
  REDUCE_MIN: (random) => reduction(random),
  REDUCE_PROD: (random) => reduction(random),
  REDUCE_ANY: (random) => reduction(random, 'BOOL'),
  REDUCE_ALL: (random) => reduction(random, 'BOOL'),
  SUM: (random) => reduction(random),
  CUMSUM(random) {
    const shape = randomShape(random, 3)
    const options = { exclusive: oneOf(random, false, true), reverse: oneOf(random, false, true) }
    return {
      operands: [activation(shape), scalar(random.integer(3))],
      options: { kind: 'CumsumOptions', ...options },
      outputs: [{ shape }],
    }
  },
  DYNAMIC_UPDATE_SLICE(random) {
    const shape = randomShape(random, 3)
    return {
      operands: [
        activation(shape),
        activation(shape.map((size) => 1 + random.integer(size))),
        { kind: 'indices', shape: [3], bound: 6 },
      ],
      options: none('DynamicUpdateSliceOptions'),
      outputs: [{ shape }],
    }
  },
  EMBEDDING_LOOKUP(random) {
    const [shape, count] = [randomShape(random, 2), 1 + random.integer(5)]
    return {
      operands: [{ kind: 'indices', shape: [count], bound: shape[0]! }, activation(shape)],
      outputs: [{ shape: [count, shape[1]!] }],
    }
  },
  RESIZE_BILINEAR: (random) => resize(random, { kind: 'ResizeBilinearOptions', newHeight: 0, newWidth: 0 }),
  RESIZE_NEAREST_NEIGHBOR: (random) => resize(random, { kind: 'ResizeNearestNeighborOptions' }),
  FILL(random) {
    const shape = randomShape(random, 3)
    return {
      operands: [integers(...shape), activation([])],
      options: none('FillOptions'),
      outputs: [{ shape }],
    }
  },
}

function best(random: Random, options: BuiltinOptions): Omit<RandomOperator, 'kind'> {
  const shape = randomShape(random, 3)
  const axis = random.integer(3)
  const output = shape.filter((_, at) => at !== axis)
  return { operands: [activation(shape), scalar(axis)], options, outputs: [{ shape: output, type: 'INT32' }] }
}

function reduction(random: Random, type: 'FLOAT32' | 'BOOL' = 'FLOAT32'): Omit<RandomOperator, 'kind'> {
  const shape = randomShape(random, 4)
  const axes = shuffled(random, 4).slice(0, 1 + random.integer(3))
  const keepDims = oneOf(random, false, true)
  const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
  return {
    operands: [{ kind: 'activation', shape, type }, integers(...axes)],
    options: { kind: 'ReducerOptions', keepDims },
    outputs: [{ shape: keepDims ? kept : kept.filter((_, axis) => !axes.includes(axis)), type }],
  }
}

function resize(random: Random, own: object): Omit<RandomOperator, 'kind'> {
  const shape = randomShape(random, 4, 6)
  const [height, width] = randomShape(random, 2, 12) as [number, number]
  const [alignCorners, halfPixelCenters] = oneOf(random, [false, false], [true, false], [false, true])
  return {
    operands: [activation(shape), integers(height, width)],
    options: { ...own, alignCorners, halfPixelCenters } as BuiltinOptions,
    outputs: [{ shape: [shape[0]!, height, width, shape[3]!] }],
  }
}
