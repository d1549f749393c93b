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

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** How operators that move elements or follow indices are drawn: shapes, operands and options. */
export const movingOperators: Readonly<Record<string, (random: Random) => Omit<RandomOperator, 'kind'>>> = {
  TRANSPOSE(random) {
    const shape = randomShape(random, 2 + random.integer(4))
    const order = shuffled(random, shape.length)
    return {
      operands: [activation(shape), integers(...order)],
      options: none('TransposeOptions'),
      outputs: [{ shape: order.map((axis) => shape[axis]!) }],
    }
  },
  SLICE(random) {
    const shape = randomShape(random, 1 + random.integer(4))
    const begin = shape.map((size) => random.integer(size))
    const size = shape.map((length, axis) => 1 + random.integer(length - begin[axis]!))
    return {
      operands: [activation(shape), integers(...begin), integers(...size)],
      options: none('SliceOptions'),
      outputs: [{ shape: size }],
    }
  },
  STRIDED_SLICE(random) {
    const shape = randomShape(random, 3)
    const shrunk = random.integer(3)
    const begin = shape.map((size) => random.integer(size))
    const mask = random.integer(8)
    // Every end is open, so that sizes follow from begins; the golden cases have the others.
    const options: BuiltinOptions = {
      ...{ kind: 'StridedSliceOptions', beginMask: mask & ~(1 << shrunk), endMask: 7, ellipsisMask: 0 },
      ...{ newAxisMask: 0, shrinkAxisMask: 1 << shrunk, offset: false },
    }
    const from = begin.map((position, axis) => (((mask >> axis) & 1) === 1 ? 0 : position))
    const output = shape.map((size, axis) => size - from[axis]!)
    return {
      operands: [activation(shape), integers(...begin), integers(0, 0, 0), integers(1, 1, 1)],
      options,
      outputs: [{ shape: output.filter((_, axis) => axis !== shrunk) }],
    }
  },
  SPLIT(random) {
    const [parts, rest] = [1 + random.integer(3), randomShape(random, 3)]
    const axis = random.integer(3)
    const shape = rest.map((size, at) => (at === axis ? size * parts : size))
    return {
      operands: [scalar(axis), activation(shape)],
      options: { kind: 'SplitOptions', numSplits: parts },
      outputs: Array.from({ length: parts }, () => ({ shape: rest })),
    }
  },
  SPLIT_V(random) {
    const [sizes, rest] = [randomShape(random, 3), randomShape(random, 3)]
    const axis = random.integer(3)
    const withSize = (size: number): number[] => rest.map((each, at) => (at === axis ? size : each))
    return {
      operands: [activation(withSize(sum(sizes))), integers(...sizes), scalar(axis)],
      options: { kind: 'SplitVOptions', numSplits: 3 },
      outputs: sizes.map((size) => ({ shape: withSize(size) })),
    }
  },
  PACK(random) {
    const [shape, count] = [randomShape(random, 2), 1 + random.integer(4)]
    const axis = random.integer(3)
    return {
      operands: Array.from({ length: count }, () => activation(shape)),
      options: { kind: 'PackOptions', valuesCount: count, axis },
      outputs: [{ shape: [...shape.slice(0, axis), count, ...shape.slice(axis)] }],
    }
  },
  UNPACK(random) {
    const shape = randomShape(random, 3)
    const axis = random.integer(3)
    return {
      operands: [activation(shape)],
      options: { kind: 'UnpackOptions', num: shape[axis]!, axis },
      outputs: Array.from({ length: shape[axis]! }, () => ({ shape: shape.filter((_, at) => at !== axis) })),
    }
  },
  GATHER(random) {
    const shape = randomShape(random, 3)
    const batchDims = random.integer(2)
    const axis = batchDims + random.integer(3 - batchDims)
    const indices = [...shape.slice(0, batchDims), ...randomShape(random, 1)]
    return {
      operands: [activation(shape), { kind: 'indices', shape: indices, bound: shape[axis]! }],
      options: { kind: 'GatherOptions', axis, batchDims },
      outputs: [{ shape: [...shape.slice(0, axis), ...indices.slice(batchDims), ...shape.slice(axis + 1)] }],
    }
  },
  GATHER_ND(random) {
    const [shape, count, depth] = [randomShape(random, 3), 1 + random.integer(4), 1 + random.integer(3)]
    const bound = Math.min(...shape)
    return {
      operands: [activation(shape), { kind: 'indices', shape: [count, depth], bound }],
      options: none('GatherNdOptions'),
      outputs: [{ shape: [count, ...shape.slice(depth)] }],
    }
  },
  SCATTER_ND(random) {
    const [shape, count] = [randomShape(random, 2), 1 + random.integer(4)]
    return {
      operands: [
        { kind: 'indices', shape: [count, 1], bound: shape[0]! },
        activation([count, shape[1]!]),
        integers(...shape),
      ],
      options: none('ScatterNdOptions'),
      outputs: [{ shape }],
    }
  },
  TILE(random) {
    const shape = randomShape(random, 1 + random.integer(4), 3)
    const times = randomShape(random, shape.length, 3)
    return {
      operands: [activation(shape), integers(...times)],
      options: none('TileOptions'),
      outputs: [{ shape: shape.map((size, axis) => size * times[axis]!) }],
    }
  },
  BROADCAST_TO(random) {
    const target = randomShape(random, 2 + random.integer(3))
    const shape = target.slice(random.integer(2)).map((size) => oneOf(random, size, 1))
    return {
      version: 2,
      operands: [activation(shape), integers(...target)],
      options: none('BroadcastToOptions'),
      outputs: [{ shape: target }],
    }
  },
  EXPAND_DIMS(random) {
    const shape = randomShape(random, 3)
    const axis = random.integer(4)
    return {
      operands: [activation(shape), scalar(axis)],
      options: none('ExpandDimsOptions'),
      outputs: [{ shape: [...shape.slice(0, axis), 1, ...shape.slice(axis)] }],
    }
  },
  MIRROR_PAD(random) {
    const shape = randomShape(random, 1 + random.integer(3)).map((size) => size + 1)
    const amounts = shape.map((size) => [random.integer(size), random.integer(size)])
    return {
      operands: [activation(shape), { kind: 'integers', shape: [shape.length, 2], values: amounts.flat() }],
      options: { kind: 'MirrorPadOptions', mode: oneOf(random, 'REFLECT', 'SYMMETRIC') },
      outputs: [{ shape: shape.map((size, axis) => size + sum(amounts[axis]!)) }],
    }
  },
  PADV2(random) {
    const shape = randomShape(random, 1 + random.integer(4))
    const amounts = shape.map(() => [random.integer(3), random.integer(3)])
    return {
      operands: [
        activation(shape),
        { kind: 'integers', shape: [shape.length, 2], values: amounts.flat() },
        { kind: 'reals', shape: [1], values: [random.normal()] },
      ],
      options: none('PadV2Options'),
      outputs: [{ shape: shape.map((size, axis) => size + sum(amounts[axis]!)) }],
    }
  },
  REVERSE_V2(random) {
    const shape = randomShape(random, 3)
    return {
      operands: [activation(shape), integers(random.integer(3))],
      options: none('ReverseV2Options'),
      outputs: [{ shape }],
    }
  },
  SPACE_TO_DEPTH(random) {
    const [[batch, height, width, channels], block] = [randomShape(random, 4, 3), 1 + random.integer(3)]
    return {
      operands: [activation([batch!, height! * block, width! * block, channels!])],
      options: { kind: 'SpaceToDepthOptions', blockSize: block },
      outputs: [{ shape: [batch!, height!, width!, channels! * block ** 2] }],
    }
  },
  DEPTH_TO_SPACE(random) {
    const [[batch, height, width, channels], block] = [randomShape(random, 4, 3), 1 + random.integer(3)]
    return {
      operands: [activation([batch!, height!, width!, channels! * block ** 2])],
      options: { kind: 'DepthToSpaceOptions', blockSize: block },
      outputs: [{ shape: [batch!, height! * block, width! * block, channels!] }],
    }
  },
  SPACE_TO_BATCH_ND(random) {
    const [[batch, height, width, channels], block] = [randomShape(random, 4, 3), randomShape(random, 2, 3)]
    const before = block.map((size) => random.integer(size))
    const shape = [batch!, height! * block[0]!, width! * block[1]!, channels!]
    const after = block.map((size, at) => (before[at] === 0 ? 0 : size - before[at]!))
    const rows = [shape[1]! + before[0]! + after[0]!, shape[2]! + before[1]! + after[1]!]
    return {
      operands: [
        activation(shape),
        integers(...block),
        { kind: 'integers', shape: [2, 2], values: [before[0]!, after[0]!, before[1]!, after[1]!] },
      ],
      options: none('SpaceToBatchNDOptions'),
      outputs: [
        { shape: [batch! * block[0]! * block[1]!, rows[0]! / block[0]!, rows[1]! / block[1]!, channels!] },
      ],
    }
  },
  BATCH_TO_SPACE_ND(random) {
    const [[batch, height, width, channels], block] = [randomShape(random, 4, 3), randomShape(random, 2, 3)]
    const crops = block.map((size) => random.integer(size))
    const size = [height! * block[0]! - crops[0]!, width! * block[1]! - crops[1]!]
    return {
      operands: [
        activation([batch! * block[0]! * block[1]!, height!, width!, channels!]),
        integers(...block),
        { kind: 'integers', shape: [2, 2], values: [crops[0]!, 0, 0, crops[1]!] },
      ],
      options: none('BatchToSpaceNDOptions'),
      outputs: [{ shape: [batch!, size[0]!, size[1]!, channels!] }],
    }
  },
}
