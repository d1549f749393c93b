import { load } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { emitLoops } from '../loops.ts'
import type { Loop } from '../loops.ts'
import type { DepthwiseCode } from './depthwise-code.ts'
import type { Registers } from './registers.ts'
import { columnSteps } from './row-tiles.ts'
import type { TileRun } from './row-tiles.ts'
import type { TileSize } from './tap-groups.ts'
import { tapSums } from './tap-sums.ts'
import type { Vectors } from './tap-sums.ts'
import { weightVectors } from './weight-vectors.ts'
import type { WindowRows } from './window-rows.ts'

/** Where a row of tiles starts. */
export interface TilePointers {
  readonly output: Local<'i32'>
  readonly weights: Local<'i32'>
  readonly parameters: Local<'i32'>
}

/** A row of tiles. */
export interface TileRow {
  /** Output rows. */
  readonly rows: number
  readonly runs: readonly TileRun[]
  readonly channels: number
  /** The input; its pointers move along the row. */
  readonly window: WindowRows
  /** The output moves along the row, the others stay. */
  readonly pointers: TilePointers
}

/** Writes the code for the tiles of a block, in one row of output positions or in two. */
export function emitTiles(f: FunctionBuilder, code: DepthwiseCode, row: TileRow): void {
  const { geometry, epilogue, registers } = code
  const { rows, runs, channels, window, pointers } = row
  const quads = Math.ceil(channels / 4)
  const loops = partLoops(code, quads, window)
  const weights = weightVectors(f, registers, code.weights, quads, pointers.weights, loops.length > 0)
  const finish = rowFinisher(code, row)
  const columnBytes = geometry.inputChannels * code.elementBytes
  const steps = columnSteps(runs)
  runs.forEach((run, index) => {
    const size = { rows, columns: run.size }
    const taps = tapSums(f, code, { run, groups: code.groupsOf(size), window, quads })
    const sums = sumsOf(registers, size, quads)
    taps.begin()
    f.repeat(run.count, () => {
      startSums(f, sums.flat(), epilogue.vectorsPerQuad, pointers.parameters)
      emitLoops(f, loops, [...window.pointers, pointers.weights], () => taps.add(sums, weights()))
      finish(sums)
      window.advance(steps[index]! * columnBytes)
      f.increase(pointers.output, run.size * geometry.outputChannels * epilogue.outputBytes)
    })
  })
}

/** The sums of a tile: for each row and column the vectors of four channels. */
function sumsOf(
  { vector }: Registers,
  { rows, columns }: TileSize,
  quads: number,
): readonly (readonly Vectors[])[] {
  const count = (length: number): readonly number[] => Array.from({ length }, (_, index) => index)
  return count(rows).map((row) =>
    count(columns).map((column) => count(quads).map((quad) => vector(`sum ${row} ${column} ${quad}`))),
  )
}

/** Loops over the parts of the window, with the steps of all pointers to the input and of the one to the weights. */
function partLoops(code: DepthwiseCode, quads: number, { pointers }: WindowRows): readonly Loop[] {
  const { geometry, parts, weights, elementBytes } = code
  const { dilationHeight, dilationWidth, inputWidth, inputChannels } = geometry
  const columnBytes = inputChannels * elementBytes
  const partBytes = weights.vectors.length * quads * 16
  return parts.loops.map(({ count, step: { row, column } }, depth) => {
    const inside = parts.loops.slice(depth + 1).reduce((product, loop) => product * loop.count, 1)
    const bytes = (row * dilationHeight * inputWidth + column * dilationWidth) * columnBytes
    return { count, steps: [...pointers.map(() => bytes), inside * partBytes] }
  })
}

/** All sums of a tile start with the first parameter of their channels. */
function startSums(
  f: FunctionBuilder,
  [first = [], ...others]: readonly Vectors[],
  vectorsPerQuad: number,
  parameters: Local<'i32'>,
): void {
  first.forEach((sum, quad) => f.set(sum, load('v128.load', get(parameters), quad * vectorsPerQuad * 16)))
  others.forEach((sums) => sums.forEach((sum, quad) => f.set(sum, get(first[quad]!))))
}

/** Writes the end of a tile: all of its rows to the output. */
function rowFinisher(
  { geometry, epilogue, finish }: DepthwiseCode,
  { channels, pointers }: TileRow,
): (sums: readonly (readonly Vectors[])[]) => void {
  const { outputChannels, outputWidth } = geometry
  const { parameters, output } = pointers
  return (sums) => {
    const positionOffsets = sums.flatMap((positions, row) =>
      positions.map((_, column) => (row * outputWidth + column) * outputChannels * epilogue.outputBytes),
    )
    finish({ sums: sums.flat(), parameters, output, positionOffsets, channels })
  }
}
