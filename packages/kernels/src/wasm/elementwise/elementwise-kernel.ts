import { constant, load } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { GeneratedKernel, KernelAddresses } from '../kernel.ts'
import type { Share } from '../share.ts'
import type { Block, BlockOperand, ElementwiseOperator } from './operator.ts'
import { emitCopies, longRows, repeatedRow } from './repeat-rows.ts'
import { shareOfWalk } from './walk.ts'
import type { Walk, WalkPart } from './walk.ts'

/** A kernel that applies an operator to every element of a walk, or of a share of it. */
export function elementwiseKernel(operator: ElementwiseOperator, walk: Walk, share?: Share): GeneratedKernel {
  const { name, constants, operandBytes, scratchBytes } = operator
  const repeated = repeatedRow(walk)
  const parts = repeated === undefined ? [shareOfWalk(walk, share)] : longRows(repeated, share)
  const copiedBytes =
    repeated === undefined
      ? 0
      : Math.ceil((repeated.copies * repeated.length * operandBytes) / 16) * 16 + readPastBytes
  return {
    name,
    constants,
    scratchBytes: copiedBytes + scratchBytes,
    emit(f, addresses) {
      const inputs = [...addresses.inputs]
      if (repeated !== undefined) {
        const { operand } = repeated
        emitCopies(f, repeated, operandBytes, inputs[operand]!, addresses.scratch)
        inputs[operand] = addresses.scratch
      }
      const own = { ...addresses, inputs, scratch: addresses.scratch + copiedBytes }
      const compute = operator.begin(f, own)
      for (const part of parts) emitPart(f, operator, part, own, compute)
    },
  }
}

/** Blocks that are not complete read as much as those that are. */
const readPastBytes = 64

interface Pointers {
  readonly operands: readonly Local<'i32'>[]
  readonly output: Local<'i32'>
}

function emitPart(
  f: FunctionBuilder,
  operator: ElementwiseOperator,
  { walk, operandsAt, outputAt }: WalkPart,
  addresses: KernelAddresses,
  compute: (block: Block) => void,
): void {
  const pointerTo = (address: number): Local<'i32'> => {
    const pointer = f.local('i32')
    f.set(pointer, constant(address))
    return pointer
  }
  const pointers: Pointers = {
    operands: operandsAt.map((at, index) => pointerTo(addresses.inputs[index]! + at * operator.operandBytes)),
    output: pointerTo(addresses.output + outputAt * operator.outputBytes),
  }
  const row = rowEmitter(f, operator, walk, pointers, compute)
  emitRepetitions(f, operator, walk, pointers, walk.outer.length, row)
}

/** Runs the row for every repetition below a depth; each leaves the pointers where the next one starts. */
function emitRepetitions(
  f: FunctionBuilder,
  operator: ElementwiseOperator,
  walk: Walk,
  pointers: Pointers,
  depth: number,
  emitRow: () => void,
): void {
  const repetition = walk.outer[depth - 1]
  if (repetition === undefined) {
    emitRow()
    return
  }
  const inside = walk.outer[depth - 2]
  f.repeat(repetition.count, () => {
    emitRepetitions(f, operator, walk, pointers, depth - 1, emitRow)
    pointers.operands.forEach((pointer, index) => {
      const moved =
        inside === undefined ? walk.steps[index]! * walk.length : inside.count * inside.strides[index]!
      f.increase(pointer, (repetition.strides[index]! - moved) * operator.operandBytes)
    })
  })
}

function rowEmitter(
  f: FunctionBuilder,
  { operandBytes, outputBytes, blockElements }: ElementwiseOperator,
  { length, steps }: Walk,
  pointers: Pointers,
  compute: (block: Block) => void,
): () => void {
  const repeated = steps.map((step) => (step === 0 ? f.local('v128') : undefined))
  const operands = pointers.operands.map((pointer, index) => operandAt(pointer, repeated[index]))
  const splat = operandBytes === 1 ? 'v128.load8_splat' : 'v128.load32_splat'
  const emitBlock = (elements: number): void => {
    compute({ operands, output: pointers.output, elements })
    pointers.operands.forEach((pointer, index) =>
      f.increase(pointer, elements * operandBytes * steps[index]!),
    )
    f.increase(pointers.output, elements * outputBytes)
  }
  return () => {
    repeated.forEach((vector, index) => {
      if (vector !== undefined) f.set(vector, load(splat, get(pointers.operands[index]!)))
    })
    f.repeat(Math.floor(length / blockElements), () => emitBlock(blockElements))
    if (length % blockElements !== 0) emitBlock(length % blockElements)
  }
}

function operandAt(pointer: Local<'i32'>, repeated: Local<'v128'> | undefined): BlockOperand {
  return repeated === undefined
    ? {
        vector: (index) => load('v128.load', get(pointer), index * 16),
        byte: (element) => load('i32.load8_u', get(pointer), element),
      }
    : { vector: () => get(repeated), byte: () => load('i32.load8_u', get(pointer)) }
}
