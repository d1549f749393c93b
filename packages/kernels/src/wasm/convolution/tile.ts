import { constant, load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { InnerLoop } from '../inner-loop.ts'
import type { Panel } from './split.ts'
import { stepWriter } from './step-writer.ts'
import type { EmitStep, TileVectors } from './step-writer.ts'
import { rowsOf, stepCount } from './tiled-products.ts'
import type { Reach, TiledProducts, Walk } from './tiled-products.ts'

/** Where a tile starts, and what is multiplied for it; none of them is changed. */
export interface TilePointers {
  readonly input: Local<'i32'>
  readonly weights: Local<'i32'>
  readonly parameters: Local<'i32'>
  readonly output: Local<'i32'>
  /** What sums start with, where that is not the first of the parameters. */
  readonly starts: Local<'i32'> | undefined
}

/** Output positions of a tile, in rows. */
export interface TileShape {
  readonly height: number
  readonly width: number
}

/**
 * Writes the code for one tile of positions and the channels of a panel.
 *
 * @param reach what of the inputs is multiplied, from where the pointers are; all of it if left out.
 */
export type EmitTile = (shape: TileShape, panel: Panel, reach?: Reach) => void

/** Variables of all tiles of a function. */
interface Registers {
  readonly vector: (name: string) => Local<'v128'>
  readonly from: Local<'i32'>
  readonly weightsFrom: Local<'i32'>
  readonly weightsEnd: Local<'i32'>
}

/** Makes what tiles share, once for a function. */
export function beginTile(f: FunctionBuilder, products: TiledProducts, pointers: TilePointers): EmitTile {
  const { epilogue, positions, channels } = products
  const finish = epilogue.begin(f)
  const vectors = new Map<string, Local<'v128'>>()
  const registers: Registers = {
    vector(name) {
      const local = vectors.get(name) ?? f.local('v128')
      vectors.set(name, local)
      return local
    },
    from: f.local('i32'),
    weightsFrom: f.local('i32'),
    weightsEnd: f.local('i32'),
  }
  const { stride: rowStride } = rowsOf(products)
  return (shape, panel, reach) => {
    const quads = Array.from({ length: panel.size / 4 }, (_, quad) => quad)
    const places = placesOf(shape)
    const sums = places.map((_, position) => quads.map((quad) => registers.vector(`sum ${position} ${quad}`)))
    for (const quad of quads) {
      const start =
        pointers.starts === undefined
          ? load('v128.load', get(pointers.parameters), quad * epilogue.vectorsPerQuad * 16)
          : load('v128.load', get(pointers.starts), quad * 16)
      sums.forEach((row, position) => f.set(row[quad]!, position === 0 ? start : get(sums[0]![quad]!)))
    }
    const [ofQuads, ofPositions] = places.length < quads.length ? [[0], places.keys()] : [quads, [0]]
    emitProducts(f, products, pointers, registers, reach, {
      sums,
      inputOffsets: places.map(({ row, column }) => row * rowStride + column * positions.stride),
      weights: Array.from(ofQuads, (quad) => registers.vector(`weights ${quad}`)),
      inputs: Array.from(ofPositions, (position) => registers.vector(`input ${position}`)),
    })
    finish({
      sums,
      parameters: pointers.parameters,
      output: pointers.output,
      positionOffsets: places.map(
        ({ row, column }) => (row * positions.count + column) * channels * epilogue.outputBytes,
      ),
      channels: panel.channels,
    })
  }
}

const placesOf = ({ height, width }: TileShape): readonly { row: number; column: number }[] =>
  Array.from({ length: height * width }, (_, at) => ({ row: Math.floor(at / width), column: at % width }))

function emitProducts(
  f: FunctionBuilder,
  products: TiledProducts,
  pointers: TilePointers,
  registers: Registers,
  reach: Reach | undefined,
  tile: TileVectors,
): void {
  const { parts, steps, inner, furtherSteps = [] } = products
  const { from, weightsFrom } = registers
  const stepBytes = tile.sums[0]!.length * 16
  const emitStep = stepWriter(f, inner, tile, from)
  const stepAt = (offset: number, weights: Local<'i32'>, index: number): void => {
    f.set(from, operation('i32.add', get(pointers.input), constant(offset)))
    emitStep(weights, index * stepBytes)
  }
  if (reach === undefined && stepCount(products) <= inner.unrolledSteps) {
    const offsets = offsetsOf([...parts, { count: steps, stride: 4 }])
    for (const [index, offset] of [...offsets, ...furtherSteps].entries())
      stepAt(offset, pointers.weights, index)
    return
  }
  f.set(from, get(pointers.input))
  f.set(weightsFrom, get(pointers.weights))
  const [rows, ...insideRows] = parts
  const walks =
    reach === undefined || rows === undefined ? parts : [{ ...rows, count: reach.windowRows }, ...insideRows]
  const partSteps = reach?.steps ?? steps
  const walkParts = (depth: number): void => {
    const walk = walks[depth]
    if (walk === undefined) {
      emitSteps(f, inner, registers, emitStep, partSteps, stepBytes)
      f.increase(weightsFrom, (steps - partSteps) * stepBytes)
      return
    }
    const inside = walks[depth + 1]
    f.repeat(walk.count, () => {
      walkParts(depth + 1)
      f.increase(from, walk.stride - (inside === undefined ? partSteps * 4 : inside.count * inside.stride))
    })
  }
  walkParts(0)
  for (const [index, offset] of furtherSteps.entries()) stepAt(offset, weightsFrom, index)
}

/** Processors fetch ahead for an instruction that loads from addresses up to so many bytes apart, turn after turn. */
const farthestApart = 2048

/** Moves both pointers past the steps of one part; the one to the weights tells when to end, which saves a counter. */
function emitSteps(
  f: FunctionBuilder,
  inner: InnerLoop,
  { from, weightsFrom, weightsEnd }: Registers,
  emitStep: EmitStep,
  steps: number,
  stepBytes: number,
): void {
  const turn = stepsOfTurn(steps, inner, stepBytes)
  const rest = steps % turn
  const emitTurn = (count: number): void => {
    for (let step = 0; step < count; step++) {
      emitStep(weightsFrom, step * stepBytes)
      f.increase(from, 4)
    }
    f.increase(weightsFrom, stepBytes * count)
  }
  f.set(weightsEnd, operation('i32.add', get(weightsFrom), constant((steps - rest) * stepBytes)))
  f.repeatWhile(
    () => operation('i32.ne', get(weightsFrom), get(weightsEnd)),
    () => emitTurn(turn),
  )
  emitTurn(rest)
}

/**
 * How many of the steps of a loop are one turn of it. Steps that fill no turn follow the loop, where turns that divide all of them
 * would be short.
 */
export function stepsOfTurn(
  steps: number,
  { stepsOfLoop }: Pick<InnerLoop, 'stepsOfLoop'>,
  stepBytes: number,
): number {
  const most = Math.max(1, Math.min(stepsOfLoop, Math.floor(farthestApart / stepBytes), steps))
  const even = largestDivisor(steps, most)
  return even >= most / 2 ? even : most
}

function largestDivisor(value: number, most: number): number {
  let divisor = most
  while (value % divisor !== 0) divisor--
  return divisor
}

function offsetsOf(parts: readonly Walk[]): readonly number[] {
  return parts.reduce<readonly number[]>(
    (offsets, { count, stride }) =>
      offsets.flatMap((offset) => Array.from({ length: count }, (_, index) => offset + index * stride)),
    [0],
  )
}
