import { integerLimits } from '@quantrx/core'
import type { SoftmaxIntegerParameters } from '../../ops/softmax/parameters.ts'
import { constant, load, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { beginNarrowBytes } from '../epilogue/narrow-bytes.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import type { GeneratedKernel, KernelAddresses } from '../kernel.ts'
import type { EmitQuad } from '../math/fixed-point.ts'
import type { Span } from '../share.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'
import { beginByteMaximum } from './byte-maximum.ts'
import { fixedPointRows } from './fixed-point-rows.ts'
import type { RowStages, SoftmaxRows } from './softmax-rows.ts'
import { tableRows } from './table-rows.ts'

/** What a generated softmax of stored integers is made of; input and output have the same type. */
export interface SoftmaxIntegerOptions extends SoftmaxIntegerParameters {
  readonly outputType: 'int8' | 'uint8'
  readonly rows: number
  /** The part of the rows that is computed. */
  readonly share?: Share | undefined
}

/**
 * SOFTMAX on int8 or uint8. The exponential of each element, a function of its difference from the largest one, comes from a
 * table; sum and quotients are those of the arithmetic.
 *
 * @returns undefined for what it does not compute.
 */
export function softmaxIntegerKernel(options: SoftmaxIntegerOptions): GeneratedKernel | undefined {
  const { arithmetic, depth, rows, share, outputType } = options
  const isFixedPoint = arithmetic === 'tflite' && outputType === 'int8'
  const form = isFixedPoint ? fixedPointRows(options) : tableRows(options)
  if (form === undefined || rows * depth === 0) return undefined
  const row = { depth, type: outputType }
  return {
    name: outputType,
    constants: [form.exponentials],
    scratchBytes: Math.ceil(depth / 16) * 64,
    emit: (f, addresses) => emitRows(f, spanOf(rows, share), row, form, addresses),
  }
}

interface Row {
  readonly depth: number
  readonly type: 'int8' | 'uint8'
}

function emitRows(
  f: FunctionBuilder,
  { from: first, to: end }: Span,
  row: Row,
  form: SoftmaxRows,
  { inputs: [input = 0], output, constants: [table = 0], scratch }: KernelAddresses,
): void {
  const { depth, type } = row
  const [from, to, base] = [f.local('i32'), f.local('i32'), f.local('i32')]
  f.set(from, constant(input + first * depth))
  f.set(to, constant(output + first * depth))
  const maximum = beginByteMaximum(f, type)
  const stages = form.begin(f, { depth, scratch })
  const writeOutputs = beginOutputs(f, row, stages.quotient)
  f.repeat(end - first, () => {
    f.set(base, operation('i32.shl', maximum(from, depth), constant(2)))
    stages.start()
    takeExponentials(f, row, stages, { from, base, table, scratch })
    stages.complete()
    writeOutputs(scratch, to)
  })
}

interface Gathering {
  /** Address of the row, moved to the next one. */
  readonly from: Local<'i32'>
  /** Four times the largest element. */
  readonly base: Local<'i32'>
  readonly table: number
  readonly scratch: number
}

function takeExponentials(
  f: FunctionBuilder,
  { depth, type }: Row,
  { take }: RowStages,
  { from, base, table, scratch }: Gathering,
): void {
  const target = f.local('i32')
  const element = type === 'int8' ? 'i32.load8_s' : 'i32.load8_u'
  const takeSeveral = (count: number): void => {
    for (let at = 0; at < count; at++) {
      const scaled = operation('i32.shl', load(element, get(from), at), constant(2))
      take(operation('i32.sub', get(base), scaled), table, get(target), at * 4)
    }
    f.increase(from, count)
    f.increase(target, count * 4)
  }
  f.set(target, constant(scratch))
  f.repeat(depth >> 2, () => takeSeveral(4))
  takeSeveral(depth % 4)
}

/** Writes the code for the outputs of a row, sixteen at a time; moves the output address to the next row. */
function beginOutputs(f: FunctionBuilder, { depth, type }: Row, quotient: EmitQuad) {
  const at = f.local('i32')
  const quads = [0, 1, 2, 3].map(() => f.local('v128'))
  const narrow = beginNarrowBytes(f, type, integerLimits[type].min)
  return (scratch: number, to: Local<'i32'>): void => {
    const several = (count: number): void => {
      const used = quads.slice(0, Math.ceil(count / 4))
      used.forEach((quad, index) => {
        f.set(quad, load('v128.load', get(at), index * 16))
        quotient(quad)
      })
      storeBytes(f, narrow(used), 0, count, get(to), 0)
      f.increase(at, count * 4)
      f.increase(to, count)
    }
    f.set(at, constant(scratch))
    f.repeat(depth >> 4, () => several(16))
    if (depth % 16 > 0) several(depth % 16)
  }
}
