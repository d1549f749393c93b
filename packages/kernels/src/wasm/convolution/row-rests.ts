import type { Conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { constant, load, operation, shuffle, store } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { InnerLoop } from '../inner-loop.ts'
import { batchStride, paddedBytes, preparedBytes, rowStride } from './padded-input.ts'
import type { PaddedInput } from './padded-input.ts'
import type { Weights } from './pack-weights.ts'

const stepBytes = 4

/**
 * What is left of window rows behind their whole steps. Where it is short, the rests of several rows share a step: a window
 * of 3×3 RGB pixels has rows of nine bytes, two steps and a byte, and is seven steps instead of nine.
 */
export interface RowRests {
  /** Whole steps of a row. */
  readonly steps: number
  /** Rows of the window. */
  readonly rows: number
  /** Bytes of the rest of one row. */
  readonly bytes: number
  /** Most rows whose rests share a step. */
  readonly together: number
  /** Bytes between the windows of neighbouring positions, and so between their shared steps. */
  readonly stride: number
}

/** Vectors of code that shares rests; more phases would take more masks than there are registers. */
const mostPhases = 3

/** Steps of four sums that take as long as a vector of shared rests: some ten instructions, where a step is little more than one. */
const stepsOfVector = 5

/**
 * The rests of a convolution whose input is copied, which lie where the windows do, in a copy of it.
 *
 * @returns undefined where they save nothing, or less than they cost.
 */
export function rowRests(
  geometry: Conv2dGeometry,
  input: PaddedInput,
  { elementsPerStep }: InnerLoop,
): RowRests | undefined {
  const { filterHeight: rows, filterWidth, inputChannels, dilationWidth, strideWidth } = geometry
  // Other elements have loops of few steps, which engines compile best without any beside them.
  if (elementsPerStep !== 4 || dilationWidth !== 1) return undefined
  const rowBytes = filterWidth * inputChannels * preparedBytes[input.form.kind]
  const [steps, bytes] = [Math.floor(rowBytes / stepBytes), rowBytes % stepBytes]
  if (steps === 0 || bytes === 0) return undefined
  const stride = strideWidth * input.columnStride
  const together = Math.floor(Math.min(stepBytes, stride) / bytes)
  if (together < 2 || rows < 2) return undefined
  const rests = { steps, rows, bytes, together, stride }
  return gain(geometry, rests) > 0 ? rests : undefined
}

/** Steps that are shared. */
export const sharedSteps = ({ rows, together }: RowRests): number => Math.ceil(rows / together)

/** Steps of four sums that are saved, less the time that sharing takes. */
function gain({ outputWidth, outputChannels }: Conv2dGeometry, rests: RowRests): number {
  const saved = (rests.rows - sharedSteps(rests)) * outputWidth * Math.ceil(outputChannels / 4)
  const { offsets, turn } = phasesOf(rests)
  const vectors = Math.ceil((outputWidth * rests.stride) / turn) * offsets.length
  return saved - vectors * sharedSteps(rests) * stepsOfVector
}

interface Phases {
  /** Bytes from the start of a turn to each of its vectors. */
  readonly offsets: readonly number[]
  /** Bytes of a turn: whole positions. */
  readonly turn: number
}

/** Vectors side by side where few have all positions of rests within them, or else vectors of whole positions. */
function phasesOf({ stride }: RowRests): Phases {
  const whole = [1, 2, 3].find((count) => (count * 16) % stride === 0 && count <= mostPhases)
  if (whole !== undefined)
    return { offsets: Array.from({ length: whole }, (_, at) => at * 16), turn: whole * 16 }
  return { offsets: [0], turn: Math.max(1, Math.floor(16 / stride)) * stride }
}

/** Scratch memory of one shared step, for all positions. */
const bytesOfStep = (input: PaddedInput): number => Math.ceil((paddedBytes(input) + 128) / 16) * 16

/** Scratch memory of the shared steps. */
export const restsBytes = (input: PaddedInput, rests: RowRests): number =>
  bytesOfStep(input) * sharedSteps(rests)

/** Bytes from the first of the shared steps of a position to each of them. */
export const restsOffsets = (input: PaddedInput, rests: RowRests): readonly number[] =>
  Array.from({ length: sharedSteps(rests) }, (_, step) => step * bytesOfStep(input))

/**
 * Writes the code that brings the rests of rows together. A shared step stands as far from `to` as its window from `from`, so that
 * one address leads to both; as a byte of a rest moves by no more than its place in the step, all it takes is to select
 * bytes of rows.
 */
export function emitRowRests(
  f: FunctionBuilder,
  geometry: Conv2dGeometry,
  input: PaddedInput,
  rests: RowRests,
  from: number,
  to: number,
): void {
  const { batches, outputHeight, outputWidth, strideHeight, dilationHeight } = geometry
  const { offsets, turn } = phasesOf(rests)
  const join = beginJoin(f, rests)
  const source = f.local('i32')
  const sum = f.local('v128')
  const turns = Math.ceil((outputWidth * rests.stride) / turn)
  const rowBytes = strideHeight * rowStride(input)
  restsOffsets(input, rests).forEach((offset, step) => {
    const rowsHere = Math.min(rests.together, rests.rows - step * rests.together)
    const start = from + step * rests.together * dilationHeight * rowStride(input)
    f.set(source, constant(start))
    const restOf = (row: number, at: number): Expression<'v128'> => {
      const behind = row * dilationHeight * rowStride(input) + rests.steps * stepBytes - row * rests.bytes
      return load('v128.load', get(source), behind + at)
    }
    f.repeat(batches, () => {
      f.repeat(outputHeight, () => {
        f.repeat(turns, () => {
          for (const at of offsets) {
            const rows = rowsTogether(rests).slice(0, rowsHere)
            f.set(
              sum,
              join(
                rows.map((row) => restOf(row, at)),
                at,
              ),
            )
            // One address leads to both.
            f.emit(store('v128.store', get(source), get(sum), to + offset - start + at))
          }
          f.increase(source, turn)
        })
        f.increase(source, rowBytes - turns * turn)
      })
      f.increase(source, batchStride(input) - outputHeight * rowBytes)
    })
  })
}

/** Brings the rests of rows together that stand `at` bytes behind the shared step of a position. */
type Join = (rows: readonly Expression<'v128'>[], at: number) => Expression<'v128'>

/** Takes whole pairs of bytes in one instruction where that is possible, and else what masks leave of each row. */
function beginJoin(f: FunctionBuilder, rests: RowRests): Join {
  const masks = new Map<string, Local<'v128'>>()
  for (const at of phasesOf(rests).offsets)
    for (const row of rowsTogether(rests)) masks.set(`${row} ${at}`, hoist(f, maskOf(rests, row, at)))
  const masked = (vector: Expression<'v128'>, row: number, at: number): Expression<'v128'> =>
    operation('v128.and', vector, get(masks.get(`${row} ${at}`)!))
  return (rows, at) => {
    const last = rows.length - 1
    const pairs = pairsFrom(rests, last, at)
    const [joined, behind] = pairs === undefined ? [rows, []] : [rows.slice(0, last), rows.slice(last)]
    const sum = joined
      .map((vector, row) => masked(vector, row, at))
      .reduce((all, one) => operation('v128.or', all, one))
    return behind.reduce((all, one) => shuffle(all, one, pairs!), sum)
  }
}

/**
 * Lanes that take whole pairs of bytes from a row, and all others from those before it.
 *
 * @returns undefined where a pair holds bytes of both.
 */
function pairsFrom(rests: RowRests, row: number, at: number): readonly number[] | undefined {
  if (row === 0) return undefined
  const own = maskOf(rests, row, at)
  const before = rowsTogether(rests)
    .slice(0, row)
    .map((each) => maskOf(rests, each, at))
  const needs = (lane: number): boolean => before.some((mask) => mask[lane] !== 0)
  const lanes: number[] = []
  for (let lane = 0; lane < 16; lane += 2) {
    const isOwn = own[lane]! + own[lane + 1]! > 0
    if (isOwn && (needs(lane) || needs(lane + 1))) return undefined
    lanes.push(isOwn ? lane + 16 : lane, isOwn ? lane + 17 : lane + 1)
  }
  return lanes
}

const rowsTogether = ({ together }: RowRests): readonly number[] =>
  Array.from({ length: together }, (_, row) => row)

/** Selects the bytes of one row from a vector that starts `at` bytes behind a position's shared step. */
function maskOf({ bytes, stride }: RowRests, row: number, at: number): Uint8Array {
  return Uint8Array.from({ length: 16 }, (_, lane) => {
    const place = (at + lane) % stride
    return place >= row * bytes && place < (row + 1) * bytes ? 0xff : 0
  })
}

/** Weights of each channel with the rests of all window rows behind their whole steps. */
export function restsLast<Values extends Weights>(weights: Values, { steps, rows, bytes }: RowRests): Values {
  const whole = steps * stepBytes
  const rowLength = whole + bytes
  const moved = weights.slice() as Values
  for (let channel = 0; channel < weights.length; channel += rows * rowLength) {
    for (let row = 0; row < rows; row++) {
      const start = channel + row * rowLength
      moved.set(weights.subarray(start, start + whole), channel + row * whole)
      moved.set(weights.subarray(start + whole, start + rowLength), channel + rows * whole + row * bytes)
    }
  }
  return moved
}

/** Where a row of the window, or behind those a shared step, stands in what {@link restsLast} returns. */
export function restsWeights({ steps, rows, bytes, together }: RowRests) {
  const whole = steps * stepBytes
  const channelLength = rows * (whole + bytes)
  return (channel: number, part: number): { readonly from: number; readonly count: number } => {
    const start = channel * channelLength
    if (part < rows) return { from: start + part * whole, count: whole }
    const first = (part - rows) * together
    return {
      from: start + rows * whole + first * bytes,
      count: Math.min(together, rows - first) * bytes,
    }
  }
}
