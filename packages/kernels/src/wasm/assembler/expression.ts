import { float32Bytes, signed, unsigned } from './encode.ts'
import type { Code } from './encode.ts'
import { laneStores, loads, scalarInstructions, stores, vectorInstructions } from './instructions.ts'
import type { ValueType } from './instructions.ts'

/** Code that leaves one value of a type on the stack. */
export type Expression<Type extends ValueType = ValueType> = Code & { readonly leaves?: Type }

/** Code that leaves nothing on the stack. */
export type Statement = Code & { readonly leaves?: never }

const instructions = { ...scalarInstructions, ...vectorInstructions }
type Instructions = typeof instructions
type InstructionName = keyof Instructions

type Operands<Types extends readonly ValueType[]> = {
  readonly [At in keyof Types]: Expression<Types[At]>
}

const vectorPrefix = 0xfd

/**
 * An instruction without immediates applied to its operands.
 *
 * @example
 * operation('i32.add', constant(1), constant(2))
 */
export function operation<Name extends InstructionName>(
  instruction: Name,
  ...operands: Operands<Instructions[Name]['operands']>
): Expression<Instructions[Name]['result']> {
  const { code } = instructions[instruction]
  const parts: (number | Code)[] = [...operands]
  if (instruction in vectorInstructions) parts.push(vectorPrefix, unsigned(code))
  else parts.push(code)
  return parts
}

/** An i32 constant. */
export function constant(value: number): Expression<'i32'> {
  return [0x41, ...signed(value)]
}

/** An i64 constant that fits 32 bits. */
export function constant64(value: number): Expression<'i64'> {
  return [0x42, ...signed(value)]
}

/** An f32 constant. */
export function float32(value: number): Expression<'f32'> {
  return [0x43, ...float32Bytes(value)]
}

/** An f64 constant. */
export function float64(value: number): Expression<'f64'> {
  return [0x44, ...new Uint8Array(Float64Array.of(value).buffer)]
}

/** A v128 constant of the bytes of a typed array of 16 bytes. */
export function vectorConstant(values: ArrayBufferView): Expression<'v128'> {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  return [vectorPrefix, 0x0c, ...bytes]
}

/** Loads from `address + offset`, both in bytes; `offset` is part of the instruction. */
export function load<Name extends keyof typeof loads>(
  instruction: Name,
  address: Expression<'i32'>,
  offset = 0,
): Expression<(typeof loads)[Name]['result']> {
  const { code, vector } = loads[instruction]
  return vector ? [address, vectorPrefix, code, 0, unsigned(offset)] : [address, code, 0, unsigned(offset)]
}

/** Stores a value at `address + offset`. */
export function store<Name extends keyof typeof stores>(
  instruction: Name,
  address: Expression<'i32'>,
  value: Expression<(typeof stores)[Name]['operand']>,
  offset = 0,
): Statement {
  const { code, vector } = stores[instruction]
  return vector
    ? [address, value, vectorPrefix, code, 0, unsigned(offset)]
    : [address, value, code, 0, unsigned(offset)]
}

/** Stores one lane of 8 to 64 bits of a vector at `address + offset`. */
export function storeLane(
  bits: keyof typeof laneStores,
  address: Expression<'i32'>,
  value: Expression<'v128'>,
  lane: number,
  offset = 0,
): Statement {
  return [address, value, vectorPrefix, laneStores[bits], 0, unsigned(offset), lane]
}

/** Sixteen bytes of two vectors, by index: 0 to 15 from the first, 16 to 31 from the second. */
export function shuffle(
  first: Expression<'v128'>,
  second: Expression<'v128'>,
  lanes: readonly number[],
): Expression<'v128'> {
  return [first, second, vectorPrefix, 0x0d, lanes]
}

/** An i32 lane of a vector. */
export function extractLane32(vector: Expression<'v128'>, lane: number): Expression<'i32'> {
  return [vector, vectorPrefix, 0x1b, lane]
}

/** A vector with one of its i32 lanes replaced. */
export function replaceLane32(
  vector: Expression<'v128'>,
  lane: number,
  value: Expression<'i32'>,
): Expression<'v128'> {
  return [vector, value, vectorPrefix, 0x1c, lane]
}

/** `condition ? whenTrue : whenFalse`, both evaluated. */
export function select<Type extends Exclude<ValueType, 'v128'>>(
  whenTrue: Expression<Type>,
  whenFalse: Expression<Type>,
  condition: Expression<'i32'>,
): Expression<Type> {
  return [whenTrue, whenFalse, condition, 0x1b] as Code
}

/** Copies `count` bytes; the ranges may overlap. */
export function copyMemory(
  to: Expression<'i32'>,
  from: Expression<'i32'>,
  count: Expression<'i32'>,
): Statement {
  return [to, from, count, 0xfc, 0x0a, 0, 0]
}

/** Sets `count` bytes to a value. */
export function fillMemory(
  to: Expression<'i32'>,
  value: Expression<'i32'>,
  count: Expression<'i32'>,
): Statement {
  return [to, value, count, 0xfc, 0x0b, 0]
}

/** Calls a function that has no results. */
export function call(index: number, ...parameters: readonly Expression<'i32'>[]): Statement {
  return [...parameters, 0x10, unsigned(index)]
}

/** Ends the run with an error of the engine. */
export const trap: Statement = [0x00]

/** Calls a function that has one i32 result. */
export function callFor(index: number, ...parameters: readonly Expression<'i32'>[]): Expression<'i32'> {
  return call(index, ...parameters) as Code
}

/** Computes a value for the sake of what happens on the way. */
export function drop(value: Expression): Statement {
  return [value, 0x1a]
}
