import { elementCount } from '@quantrx/core'
import type { Random } from '@quantrx/core'
import { activation, integers, none, oneOf, randomShape, scalar } from './random-operators.conformance.ts'
import type { Operand, RandomOperator } from './random-operators.conformance.ts'

type Drawn = Omit<RandomOperator, 'kind'>

/** How operators are drawn that fold segments and windows, and that put elements apart or on diagonals. */
export const foldingOperators: Readonly<Record<string, (random: Random) => Drawn>> = {
  UNSORTED_SEGMENT_SUM: (random) => unsorted(random, 'UnsortedSegmentSumOptions'),
  UNSORTED_SEGMENT_PROD: (random) => unsorted(random, 'UnsortedSegmentProdOptions'),
  UNSORTED_SEGMENT_MAX: (random) => unsorted(random, 'UnsortedSegmentMaxOptions'),
  UNSORTED_SEGMENT_MIN: (random) => unsorted(random, 'UnsortedSegmentMinOptions'),
  MATRIX_DIAG(random) {
    const shape = randomShape(random, 1 + random.integer(3))
    return {
      operands: [activation(shape)],
      options: none('MatrixDiagOptions'),
      outputs: [{ shape: [...shape, shape.at(-1)!] }],
    }
  },
  MATRIX_SET_DIAG(random) {
    const shape = randomShape(random, 2 + random.integer(2))
    const diagonal = [...shape.slice(0, -2), Math.min(...shape.slice(-2))]
    return {
      operands: [activation(shape), activation(diagonal)],
      options: none('MatrixSetDiagOptions'),
      outputs: [{ shape }],
    }
  },
  DILATE(random) {
    const shape = randomShape(random, 1 + random.integer(4), 4)
    const dilations = randomShape(random, shape.length, 3)
    return {
      operands: [
        activation(shape),
        integers(...dilations),
        { kind: 'reals', shape: [], values: [random.normal()] },
      ],
      options2: { kind: 'DilateOptions' },
      outputs: [{ shape: shape.map((size, axis) => (size - 1) * dilations[axis]! + 1) }],
    }
  },
  REDUCE_WINDOW(random) {
    const rank = 1 + random.integer(4)
    const [window, strides, dilations, outputs] = [3, 3, 2, 3].map((largest) =>
      randomShape(random, rank, largest),
    )
    const reduceFunction = oneOf(random, 'ADD', 'MUL', 'MINIMUM', 'MAXIMUM')
    const shape = outputs!.map(
      (count, axis) => (count - 1) * strides![axis]! + (window![axis]! - 1) * dilations![axis]! + 1,
    )
    return {
      operands: [
        activation(shape),
        { kind: 'reals', shape: [], values: [random.normal()] },
        ...[window!, strides!, dilations!].map((values): Operand => ({
          kind: 'wide',
          shape: [rank],
          values,
        })),
      ],
      options2: { kind: 'ReduceWindowOptions', reduceFunction },
      outputs: [{ shape: outputs! }],
    }
  },
  BUCKETIZE(random) {
    const shape = randomShape(random, 3)
    const boundaries = Array.from({ length: random.integer(6) }, () => random.normal())
    return {
      operands: [activation(shape)],
      options: { kind: 'BucketizeOptions', boundaries: boundaries.sort((a, b) => a - b) },
      outputs: [{ shape, type: 'INT32' }],
    }
  },
}

function unsorted(random: Random, options: string): Drawn {
  const shape = randomShape(random, 1 + random.integer(3))
  const [rank, segments] = [1 + random.integer(shape.length), 1 + random.integer(4)]
  const outer = shape.slice(0, rank)
  const values = Array.from({ length: elementCount(outer) }, () => random.integer(segments + 1) - 1)
  const ids: Operand = { kind: 'integers', shape: outer, values }
  return {
    operands: [activation(shape), ids, scalar(segments)],
    options: none(options),
    outputs: [{ shape: [segments, ...shape.slice(rank)] }],
  }
}

/** Of operators whose outputs have shapes that are known when they run: LiteRT refuses them as outputs of a model. */
export const dynamicOperators: Readonly<Record<string, (random: Random) => Drawn>> = {
  SEGMENT_SUM(random) {
    const shape = randomShape(random, 1 + random.integer(3), 6)
    let segment = 0
    const ids = Array.from({ length: shape[0]! }, (_, at) => (segment += at > 0 ? random.integer(2) : 0))
    return {
      operands: [activation(shape), integers(...ids)],
      options: none('SegmentSumOptions'),
      outputs: [{ shape: [segment + 1, ...shape.slice(1)] }],
    }
  },
  EMBEDDING_LOOKUP_SPARSE(random) {
    const [bags, rows, length, count] = randomShape(random, 4) as [number, number, number, number]
    const places = Array.from({ length: count }, () => random.integer(bags)).sort((a, b) => a - b)
    return {
      operands: [
        { kind: 'indices', shape: [count], bound: rows },
        { kind: 'integers', shape: [count, 2], values: places.flatMap((place, at) => [place, at]) },
        integers(bags, count),
        { kind: 'reals', shape: [count], values: places.map(() => 0.5 + random.next()) },
        activation([rows, length]),
      ],
      options: { kind: 'EmbeddingLookupSparseOptions', combiner: oneOf(random, 'SUM', 'MEAN', 'SQRTN') },
      outputs: [{ shape: [bags, length] }],
    }
  },
}
