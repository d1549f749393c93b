import { integerLimits } from '@quantrx/core'
import type { LogSoftmaxIntegerParameters } from '../../ops/log-softmax/parameters.ts'
import { constant, load, operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { beginNarrowBytes } from '../epilogue/narrow-bytes.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { EmitQuad } from '../math/fixed-point.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'
import { beginByteMaximum } from './byte-maximum.ts'
import { logFixedPointRows } from './log-fixed-point-rows.ts'
import { logTableRows } from './log-table-rows.ts'

/** How the elements of a row become their logarithms. */
export interface LogRows {
  /** What is added up of each difference from the largest element of a row, 0 to 255. */
  readonly exponentials: Int32Array | Float32Array
  readonly constants: readonly ArrayBufferView[]
  /** @param constants where the constants stand. */
  begin(f: FunctionBuilder, constants: readonly number[]): LogRowStages
}

/** The code for a row, in stages. */
export interface LogRowStages {
  /** Before its elements. */
  start(): void
  /** Adds the exponential of an element, `table` bytes behind an address. */
  take(entry: Expression<'i32'>, table: number): void
  /** After its elements: what all outputs need. */
  complete(largest: Local<'i32'>): void
  /** Replaces four elements, as int32, by their outputs below the largest value of the type. */
  readonly output: EmitQuad
}

/** What a generated LOG_SOFTMAX of stored integers needs to know. */
export interface LogSoftmaxIntegerOptions extends LogSoftmaxIntegerParameters {
  readonly rows: number
}

/**
 * LOG_SOFTMAX on int8 or uint8; uint8 in the `xnnpack` arithmetic alone, since there is nothing but floats for it.
 *
 * @param share The part of the rows that is computed.
 * @returns undefined for what it does not compute.
 */
export function logSoftmaxIntegerKernel(
  options: LogSoftmaxIntegerOptions,
  share?: Share,
): GeneratedKernel | undefined {
  const { arithmetic, depth, rows, type } = options
  if (rows * depth === 0 || (arithmetic === 'tflite' && type === 'uint8')) return undefined
  const form = arithmetic === 'tflite' ? logFixedPointRows(options) : logTableRows(options)
  if (form === undefined) return undefined
  const { from: first, to: end } = spanOf(rows, share)
  return {
    name: type,
    constants: [form.exponentials, ...form.constants],
    scratchBytes: 0,
    emit(f, { inputs: [input = 0], output, constants: [table = 0, ...constants] }) {
      const [from, to, largest] = [f.local('i32'), f.local('i32'), f.local('i32')]
      f.set(from, constant(input + first * depth))
      f.set(to, constant(output + first * depth))
      const maximum = beginByteMaximum(f, type)
      const stages = form.begin(f, constants)
      const emitOutputs = beginOutputs(f, options, stages.output)
      f.repeat(end - first, () => {
        f.set(largest, maximum(from, depth))
        stages.start()
        takeExponentials(f, options, stages, { from, largest, table })
        stages.complete(largest)
        emitOutputs(from, to)
      })
    },
  }
}

interface Gathering {
  readonly from: Local<'i32'>
  readonly largest: Local<'i32'>
  readonly table: number
}

function takeExponentials(
  f: FunctionBuilder,
  { depth, type }: LogSoftmaxIntegerOptions,
  { take }: LogRowStages,
  { from, largest, table }: Gathering,
): void {
  const at = f.local('i32')
  const element = type === 'int8' ? 'i32.load8_s' : 'i32.load8_u'
  const takeSeveral = (count: number): void => {
    for (let offset = 0; offset < count; offset++) {
      const difference = operation('i32.sub', get(largest), load(element, get(at), offset))
      take(operation('i32.shl', difference, constant(2)), table)
    }
    f.increase(at, count)
  }
  f.set(at, get(from))
  f.repeat(depth >> 2, () => takeSeveral(4))
  takeSeveral(depth % 4)
}

const widenings = {
  int8: ['i16x8.extend_low_i8x16_s', 'i16x8.extend_high_i8x16_s'],
  uint8: ['i16x8.extend_low_i8x16_u', 'i16x8.extend_high_i8x16_u'],
} as const

/** Writes the code for the outputs of a row, sixteen at a time; moves both pointers to the next row. */
function beginOutputs(f: FunctionBuilder, { depth, type }: LogSoftmaxIntegerOptions, output: EmitQuad) {
  const [bytes, pair] = [f.local('v128'), f.local('v128')]
  const quads = [0, 1, 2, 3].map(() => f.local('v128'))
  const narrow = beginNarrowBytes(f, type, integerLimits[type].max)
  return (from: Local<'i32'>, to: Local<'i32'>): void => {
    const several = (count: number): void => {
      const used = quads.slice(0, Math.ceil(count / 4))
      f.set(bytes, load('v128.load', get(from)))
      used.forEach((quad, at) => {
        if (at % 2 === 0) f.set(pair, operation(widenings[type][at >> 1]!, get(bytes)))
        const half = at % 2 === 0 ? 'i32x4.extend_low_i16x8_s' : 'i32x4.extend_high_i16x8_s'
        f.set(quad, operation(half, get(pair)))
      })
      for (const quad of used) output(quad)
      storeBytes(f, narrow(used), 0, count, get(to), 0)
      f.increase(from, count)
      f.increase(to, count)
    }
    f.repeat(depth >> 4, () => several(16))
    if (depth % 16 > 0) several(depth % 16)
  }
}
