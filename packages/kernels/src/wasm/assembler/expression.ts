import { bytesCode, signedCode, unsignedCode } from './encode.ts'
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

const vectorPrefix = '\xfd'

/** Code of instructions by their names. */
const codes = new Map<InstructionName, Code>()

/**
 * An instruction without immediates applied to its operands.
 *
 * @example
 * operation('i32.add', constant(1), constant(2))
 */
export function operation<Name extends InstructionName>(
  instruction: Name,
  ...operands: Operands<Instructions[Name]['operands']>
): Expression<Instructions[Name]['result']>
export function operation(
  instruction: InstructionName,
  first: Code,
  second: Code = '',
  third: Code = '',
): Code {
  return first + second + third + (codes.get(instruction) ?? codeOf(instruction))
}

function codeOf(instruction: InstructionName): Code {
  const opcode = unsignedCode(instructions[instruction].code)
  const code = instruction in vectorInstructions ? vectorPrefix + opcode : opcode
  codes.set(instruction, code)
  return code
}

/** Far beyond every i32, and so far apart that no offset leads from one to the next. */
const parameterDistance = 2 ** 40

/**
 * A number that stands for the i32 parameter at a position: code for addresses that are known when it runs is written as if they
 * were constants. The {@link constant} of it, or of some bytes more or less, reads the parameter.
 */
export const parameterAddress = (position: number): number => (position + 1) * parameterDistance

function fromParameter(value: number): Expression<'i32'> {
  const position = Math.round(value / parameterDistance) - 1
  const parameter = ('\x20' + unsignedCode(position)) as Expression<'i32'>
  const offset = value - parameterAddress(position)
  return offset === 0 ? parameter : operation('i32.add', parameter, constant(offset))
}

/** An i32 constant, or a {@link parameterAddress}. */
export function constant(value: number): Expression<'i32'> {
  if (value > parameterDistance / 2) return fromParameter(value)
  return ('\x41' + signedCode(value)) as Expression<'i32'>
}

/** An i64 constant that fits 32 bits. */
export function constant64(value: number): Expression<'i64'> {
  return ('\x42' + signedCode(value)) as Expression<'i64'>
}

/** An f32 constant. */
export function float32(value: number): Expression<'f32'> {
  return ('\x43' + memoryCode(Float32Array.of(value))) as Expression<'f32'>
}

/** An f64 constant. */
export function float64(value: number): Expression<'f64'> {
  return ('\x44' + memoryCode(Float64Array.of(value))) as Expression<'f64'>
}

/** A v128 constant of the bytes of a typed array of 16 bytes. */
export function vectorConstant(values: ArrayBufferView): Expression<'v128'> {
  return ('\xfd\x0c' + memoryCode(values)) as Expression<'v128'>
}

const memoryCode = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Code =>
  bytesCode(new Uint8Array(buffer, byteOffset, byteLength))

/** What an access to memory says of itself: its opcode, that addresses are not known to be aligned, and an offset. */
function accessCode({ code, vector }: { code: number; vector: boolean }, offset: number): Code {
  return (vector ? vectorPrefix : '') + unsignedCode(code) + '\0' + unsignedCode(offset)
}

/** Loads from `address + offset`, both in bytes; `offset` is part of the instruction. */
export function load<Name extends keyof typeof loads>(
  instruction: Name,
  address: Expression<'i32'>,
  offset = 0,
): Expression<(typeof loads)[Name]['result']> {
  return (address + accessCode(loads[instruction], offset)) as Expression<(typeof loads)[Name]['result']>
}

/** Stores a value at `address + offset`. */
export function store<Name extends keyof typeof stores>(
  instruction: Name,
  address: Expression<'i32'>,
  value: Expression<(typeof stores)[Name]['operand']>,
  offset = 0,
): Statement {
  return (address + value + accessCode(stores[instruction], offset)) as Statement
}

/** Stores one lane of 8 to 64 bits of a vector at `address + offset`. */
export function storeLane(
  bits: keyof typeof laneStores,
  address: Expression<'i32'>,
  value: Expression<'v128'>,
  lane: number,
  offset = 0,
): Statement {
  const access = accessCode({ code: laneStores[bits], vector: true }, offset)
  return (address + value + access + unsignedCode(lane)) as Statement
}

/** Sixteen bytes of two vectors, by index: 0 to 15 from the first, 16 to 31 from the second. */
export function shuffle(
  first: Expression<'v128'>,
  second: Expression<'v128'>,
  lanes: readonly number[],
): Expression<'v128'> {
  return (first + second + '\xfd\x0d' + bytesCode(lanes)) as Expression<'v128'>
}

/** An i32 lane of a vector. */
export function extractLane32(vector: Expression<'v128'>, lane: number): Expression<'i32'> {
  return (vector + '\xfd\x1b' + unsignedCode(lane)) as Expression<'i32'>
}

/** An i64 lane of a vector. */
export function extractLane64(vector: Expression<'v128'>, lane: number): Expression<'i64'> {
  return (vector + '\xfd\x1d' + unsignedCode(lane)) as Expression<'i64'>
}

/** A vector with one of its i32 lanes replaced. */
export function replaceLane32(
  vector: Expression<'v128'>,
  lane: number,
  value: Expression<'i32'>,
): Expression<'v128'> {
  return (vector + value + '\xfd\x1c' + unsignedCode(lane)) as Expression<'v128'>
}

/** `condition ? whenTrue : whenFalse`, both evaluated. */
export function select<Type extends Exclude<ValueType, 'v128'>>(
  whenTrue: Expression<Type>,
  whenFalse: Expression<Type>,
  condition: Expression<'i32'>,
): Expression<Type> {
  return (whenTrue + whenFalse + condition + '\x1b') as Expression<Type>
}

/** Copies `count` bytes; the ranges may overlap. */
export function copyMemory(
  to: Expression<'i32'>,
  from: Expression<'i32'>,
  count: Expression<'i32'>,
): Statement {
  return (to + from + count + '\xfc\x0a\0\0') as Statement
}

/** Sets `count` bytes to a value. */
export function fillMemory(
  to: Expression<'i32'>,
  value: Expression<'i32'>,
  count: Expression<'i32'>,
): Statement {
  return (to + value + count + '\xfc\x0b\0') as Statement
}

/** Calls a function that has no results. */
export function call(index: number, ...parameters: readonly Expression<'i32'>[]): Statement {
  return (parameters.join('') + '\x10' + unsignedCode(index)) as Statement
}

/** Ends the run with an error of the engine. */
export const trap = '\0' as Statement

/** Calls a function that has one i32 result. */
export function callFor(index: number, ...parameters: readonly Expression<'i32'>[]): Expression<'i32'> {
  return call(index, ...parameters) as Code as Expression<'i32'>
}

/** Computes a value for the sake of what happens on the way. */
export function drop(value: Expression): Statement {
  return (value + '\x1a') as Statement
}
