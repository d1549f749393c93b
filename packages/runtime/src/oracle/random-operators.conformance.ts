import type { Random } from '@quantrx/core'
import { elementCount } from '@quantrx/core'
import { writeModel } from '@quantrx/tflite'
import type { BuiltinOperator, BuiltinOptions } from '@quantrx/tflite'
import type { OracleTensor } from '@quantrx/testing'
import { tinyModel } from '../tiny-model.conformance.ts'
import type { TinyOperator, TinyTensor } from '../tiny-model.conformance.ts'
import { randomBytes } from './compare.conformance.ts'

/** An operand of a generated model. */
export type Operand =
  | { readonly kind: 'activation'; readonly shape: readonly number[]; readonly type?: TinyTensor['type'] }
  /** Integers from 0 to below a bound, drawn for every run. */
  | { readonly kind: 'indices'; readonly shape: readonly number[]; readonly bound: number }
  | { readonly kind: 'integers'; readonly shape: readonly number[]; readonly values: readonly number[] }
  /** As integers, of 64 bits. */
  | { readonly kind: 'wide'; readonly shape: readonly number[]; readonly values: readonly number[] }
  | { readonly kind: 'reals'; readonly shape: readonly number[]; readonly values: readonly number[] }

/** A model of one operator, drawn at random. */
export interface RandomOperator {
  readonly kind: BuiltinOperator
  /** Version of the operator, 1 by default. */
  readonly version?: number
  readonly operands: readonly Operand[]
  readonly options?: BuiltinOptions
  /** Options of the operators that came last. */
  readonly options2?: TinyOperator['options2']
  readonly outputs: readonly { readonly shape: readonly number[]; readonly type?: TinyTensor['type'] }[]
}

/** A constant list of integers. */
export const integers = (...values: readonly number[]): Operand => ({
  kind: 'integers',
  shape: [values.length],
  values,
})

/** A constant integer without dimensions. */
export const scalar = (value: number): Operand => ({ kind: 'integers', shape: [], values: [value] })

/** Constant real numbers. */
export const reals = (random: Random, shape: readonly number[]): Operand => ({
  kind: 'reals',
  shape,
  values: Array.from({ length: elementCount(shape) }, () => random.normal()),
})

/** Options without fields. */
export const none = (kind: string): BuiltinOptions => ({ kind }) as BuiltinOptions

/** One of several values. */
export const oneOf = <Value>(random: Random, ...values: readonly Value[]): Value =>
  values[random.integer(values.length)]!

/** A real input of a shape. */
export const activation = (shape: readonly number[]): Operand => ({ kind: 'activation', shape })

/** A shape of `rank` dimensions from 1 to `largest`. */
export const randomShape = (random: Random, rank: number, largest = 5): number[] =>
  Array.from({ length: rank }, () => 1 + random.integer(largest))

/** The numbers below `count` in a random order. */
export function shuffled(random: Random, count: number): number[] {
  const keys = Array.from({ length: count }, () => random.next())
  return keys.map((_, at) => at).sort((a, b) => keys[a]! - keys[b]!)
}

/** The file of a generated model. */
export function randomModel(drawn: RandomOperator): Uint8Array {
  const { kind, version = 1, operands, options, options2, outputs } = drawn
  const tensors = operands.map((operand, at): TinyTensor => {
    const named = { name: `operand ${at}`, shape: operand.shape }
    if (operand.kind === 'activation') return { ...named, type: operand.type ?? 'FLOAT32' }
    if (operand.kind === 'reals') return { ...named, data: Float32Array.from(operand.values) }
    if (operand.kind === 'wide')
      return { ...named, type: 'INT64', data: BigInt64Array.from(operand.values, BigInt) }
    if (operand.kind === 'indices') return { ...named, type: 'INT32' }
    return { ...named, type: 'INT32', data: Int32Array.from(operand.values) }
  })
  const results = outputs.map(({ shape, type = 'FLOAT32' as const }, at) => ({
    ...{ name: `output ${at}`, shape, type },
  }))
  const variable = tensors.flatMap(({ data }, at) => (data === undefined ? [at] : []))
  const produced = results.map((_, at) => operands.length + at)
  const operator = {
    ...{ kind, inputs: operands.map((_, at) => at), outputs: produced },
    ...(options === undefined ? {} : { options }),
    ...(options2 === undefined ? {} : { options2 }),
  }
  const model = tinyModel([...tensors, ...results], [operator], variable, produced)
  const operatorCodes = (model.operatorCodes ?? []).map((code) => ({ ...code, version }))
  return writeModel({ ...model, operatorCodes })
}

/** Random values for the inputs of a generated model. */
export function randomInputs(
  { operands }: RandomOperator,
  inputs: readonly OracleTensor[],
  random: Random,
): readonly Uint8Array[] {
  const variable = operands.filter(({ kind }) => kind === 'activation' || kind === 'indices')
  return inputs.map((tensor, at) => {
    const operand = variable[at]
    if (operand?.kind !== 'indices' && tensor.type !== 'bool') return randomBytes(tensor, random)
    const bound = operand?.kind === 'indices' ? operand.bound : 2
    const values = Array.from({ length: elementCount(tensor.shape) }, () => random.integer(bound))
    return tensor.type === 'bool' ? Uint8Array.from(values) : new Uint8Array(Int32Array.from(values).buffer)
  })
}
