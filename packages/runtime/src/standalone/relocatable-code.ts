import { wasm } from '@quantrx/kernels'

/**
 * The code of a kernel as a function whose parameters are its addresses, in the order of `addressList`: equal for kernels
 * that differ in nothing else. Kernels write addresses as constants; which constants these are shows when the same code is written
 * for other addresses.
 *
 * @returns the function as it stands in the code section; undefined where code depends on addresses in another way.
 */
export function relocatableCode(
  kernel: wasm.GeneratedKernel,
  inputs: number,
  furtherOutputs = 0,
): Uint8Array | undefined {
  const count = inputs + 1 + furtherOutputs + kernel.constants.length + 1
  const constants = inputs + 1 + furtherOutputs
  const codeAt = (set: number): Uint8Array => {
    const f = wasm.functionBuilder(count)
    const addresses = Array.from({ length: count }, (_, operand) => addressOf(operand, set))
    kernel.emit(f, {
      inputs: addresses.slice(0, inputs),
      output: addresses[inputs]!,
      furtherOutputs: addresses.slice(inputs + 1, constants),
      constants: addresses.slice(constants, -1),
      scratch: addresses.at(-1)!,
    })
    return f.finish()
  }
  const code = codeAt(0)
  const uses = addressUses(code, codeAt(1), count)
  if (uses === undefined) return undefined
  // What depends on addresses in another way would have to agree at a third place by chance.
  const third = replaceUses(code, uses, ({ operand, offset }) =>
    addressConstant(addressOf(operand, 2) + offset),
  )
  if (!sameBytes(third, codeAt(2))) return undefined
  const body = withoutSize(replaceUses(code, uses, parameterPlusOffset))
  return Uint8Array.from([...wasm.unsigned(body.length), ...body])
}

/** Where code has the constant `address of an operand + offset`; the instruction ends before `end`. */
interface AddressUse {
  readonly at: number
  readonly end: number
  readonly operand: number
  readonly offset: number
}

const largestOffset = 2 ** 22

/** Addresses to write code for: far apart, and of five bytes as a constant, the first of which differs from set to set. */
function addressOf(operand: number, set: number): number {
  return 2 ** 28 + operand * 2 ** 24 + set * distance(operand)
}

const distance = (operand: number): number => 16 + operand * 128
const operandAt = (distanceFound: number): number => (distanceFound - 16) / 128

const i32Const = 0x41
const addressConstant = (value: number): Uint8Array => wasm.codeBytes(wasm.constant(value))
const constantBytes = 5

function addressUses(
  first: Uint8Array,
  second: Uint8Array,
  count: number,
): readonly AddressUse[] | undefined {
  if (first.length !== second.length) return undefined
  const uses: AddressUse[] = []
  let at = 0
  while (at < first.length) {
    if (first[at] === second[at]) {
      at++
      continue
    }
    const [from, to] = [first, second].map((code) => constantAt(code, at)) as [number, number]
    const operand = operandAt(to - from)
    const offset = from - addressOf(operand, 0)
    const known = first[at - 1] === i32Const && Number.isInteger(operand) && operand >= 0 && operand < count
    if (!known || Math.abs(offset) > largestOffset) return undefined
    uses.push({ at: at - 1, end: at + constantBytes, operand, offset })
    at += constantBytes
  }
  return uses
}

/** The positive constant of five bytes at a place. */
function constantAt(code: Uint8Array, at: number): number {
  return [0, 1, 2, 3, 4].reduce((sum, index) => sum + (code[at + index]! & 0x7f) * 2 ** (7 * index), 0)
}

function replaceUses(
  code: Uint8Array,
  uses: readonly AddressUse[],
  by: (use: AddressUse) => Uint8Array,
): Uint8Array {
  const bytes: number[] = []
  let at = 0
  for (const use of uses) {
    bytes.push(...code.subarray(at, use.at), ...by(use))
    at = use.end
  }
  return Uint8Array.from([...bytes, ...code.subarray(at)])
}

function parameterPlusOffset({ operand, offset }: AddressUse): Uint8Array {
  const parameter = wasm.get<'i32'>({ type: 'i32', index: operand })
  return wasm.codeBytes(
    offset === 0 ? parameter : wasm.operation('i32.add', parameter, wasm.constant(offset)),
  )
}

/** A function without its size, which stands before it. */
function withoutSize(code: Uint8Array): Uint8Array {
  return code.subarray(code.findIndex((byte) => byte < 0x80) + 1)
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
