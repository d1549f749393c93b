import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { PadParameters } from '../../ops/pad/pad.ts'
import { stridesOf } from '../../shared/element-walk.ts'
import { constant, fillMemory } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { spanOf } from '../share.ts'
import type { Share, Span } from '../share.ts'
import { blockRuns } from './block-runs.ts'
import type { BlockRun } from './block-runs.ts'
import { emitStridedCopy } from './strided-copy.ts'
import type { StridedCopy } from './strided-copy.ts'

/** How images are padded and then spread over the batch. */
export interface SpaceToBatchParameters extends PadParameters {
  /** One size for each dimension after the batch that is divided, at least one; a divisor of what is padded. */
  readonly block: readonly number[]
}

/**
 * SPACE_TO_BATCH_ND: the output is filled where there is padding, then the input is copied into it without being padded first.
 * Shares are some of the rows, along the first of the divided dimensions, of all images.
 */
export function spaceToBatchKernel(parameters: SpaceToBatchParameters, share?: Share): GeneratedKernel {
  const { before, after, fillByte } = parameters
  const isPadded = [...before, ...after].some((amount) => amount > 0)
  const shape = spreadShape(parameters)
  const rows = spanOf(shape[1]!, share)
  const copies = copiesOf(parameters, shape, rows)
  return {
    name: 'bytes',
    constants: [],
    scratchBytes: 0,
    emit(f, { inputs: [input = 0], output }) {
      if (isPadded) emitRowFill(f, bytesOf(parameters, shape), rows, fillByte, output)
      for (const copy of copies) emitStridedCopy(f, copy, input, output)
    },
  }
}

function spreadShape({ inputShape, before, after, block }: SpaceToBatchParameters): Shape {
  return inputShape.map((size, axis) =>
    axis === 0 ? size * elementCount(block) : (before[axis]! + size + after[axis]!) / (block[axis - 1] ?? 1),
  )
}

/** The images of the output, and the bytes of one and of its rows. */
interface ImageBytes {
  readonly images: number
  readonly image: number
  readonly row: number
}

function bytesOf({ bytesPerElement }: SpaceToBatchParameters, shape: Shape): ImageBytes {
  const bytesBehind = (axis: number): number => elementCount(shape.slice(axis + 1)) * bytesPerElement
  return { images: shape[0]!, image: bytesBehind(0), row: bytesBehind(1) }
}

/** Writes the code that fills some rows of all images. */
function emitRowFill(
  f: FunctionBuilder,
  { images, image, row }: ImageBytes,
  { from, to }: Span,
  fillByte: number,
  output: number,
): void {
  const bytes = (to - from) * row
  if (bytes === 0) return
  const fill = (at: ReturnType<typeof constant>, count: number): void =>
    f.emit(fillMemory(at, constant(fillByte), constant(count)))
  if (bytes === image) {
    fill(constant(output), images * image)
    return
  }
  const at = f.local('i32')
  f.set(at, constant(output + from * row))
  f.repeat(images, () => {
    fill(get(at), bytes)
    f.increase(at, image)
  })
}

/** One copy for all positions in a block whose images hold the same part of the input, along each of the divided dimensions. */
function copiesOf(parameters: SpaceToBatchParameters, shape: Shape, rows: Span): readonly StridedCopy[] {
  const { inputShape, before, block } = parameters
  const runs = block.map((size, at) =>
    blockRuns(
      { block: size, before: before[at + 1]!, size: inputShape[at + 1]! },
      at === 0 ? rows : { from: 0, to: shape[at + 1]! },
    ),
  )
  const combined = runs.reduce<readonly (readonly BlockRun[])[]>(
    (all, some) => all.flatMap((chosen) => some.map((run) => [...chosen, run])),
    [[]],
  )
  return combined.map((chosen) => copyOf(parameters, shape, chosen))
}

function copyOf(
  { inputShape, block, bytesPerElement }: SpaceToBatchParameters,
  shape: Shape,
  runs: readonly BlockRun[],
): StridedCopy {
  const [from, to] = [inputShape, shape].map((each) =>
    stridesOf(each).map((stride) => stride * bytesPerElement),
  )
  const batch = inputShape[0]!
  const imagesApart = block.map((_, at) => elementCount(block.slice(at + 1)) * batch)
  const sum = (terms: readonly number[]): number => terms.reduce((total, term) => total + term, 0)
  return {
    sourceAt: sum(runs.map(({ inputAt }, at) => inputAt * from![at + 1]!)),
    targetAt: sum(
      runs.map(({ offset, first }, at) => offset * imagesApart[at]! * to![0]! + first * to![at + 1]!),
    ),
    rowBytes: elementCount(inputShape.slice(block.length + 1)) * bytesPerElement,
    loops: [
      ...runs.map(({ offsets }, at) => ({
        count: offsets,
        steps: [from![at + 1]!, imagesApart[at]! * to![0]!],
      })),
      { count: batch, steps: [from![0]!, to![0]!] },
      ...runs.map(({ count }, at) => ({ count, steps: [block[at]! * from![at + 1]!, to![at + 1]!] })),
    ],
  }
}
