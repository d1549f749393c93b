import { constant, load } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { GeneratedKernel, KernelAddresses } from '../kernel.ts'
import { emitLoops } from '../loops.ts'
import type { Share } from '../share.ts'
import { operandBytesAt } from './operator.ts'
import type { Block, BlockOperand, ElementwiseOperator } from './operator.ts'
import { emitCopies, longRows, repeatedRow } from './repeat-rows.ts'
import { shareOfWalk } from './walk.ts'
import type { Walk, WalkPart } from './walk.ts'

/** A kernel that applies an operator to every element of a walk, or of a share of it. */
export function elementwiseKernel(operator: ElementwiseOperator, walk: Walk, share?: Share): GeneratedKernel {
  const { name, constants, scratchBytes } = operator
  const repeated = repeatedRow(walk)
  const parts = repeated === undefined ? [shareOfWalk(walk, share)] : longRows(repeated, share)
  const elementBytes = operandBytesAt(operator, repeated?.operand ?? 0)
  const copiedBytes =
    repeated === undefined
      ? 0
      : Math.ceil((repeated.copies * repeated.length * elementBytes) / 16) * 16 + readPastBytes
  return {
    name,
    constants,
    scratchBytes: copiedBytes + scratchBytes,
    emit(f, addresses) {
      const inputs = [...addresses.inputs]
      if (repeated !== undefined) {
        const { operand } = repeated
        emitCopies(f, repeated, elementBytes, inputs[operand]!, addresses.scratch)
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
    operands: operandsAt.map((at, index) =>
      pointerTo(addresses.inputs[index]! + at * operandBytesAt(operator, index)),
    ),
    output: pointerTo(addresses.output + outputAt * operator.outputBytes),
  }
  const inside = (depth: number): number =>
    walk.outer.slice(0, depth).reduce((elements, { count }) => elements * count, walk.length)
  const loops = walk.outer.map(({ count, strides }, depth) => ({
    count,
    steps: [
      ...strides.map((stride, index) => stride * operandBytesAt(operator, index)),
      inside(depth) * operator.outputBytes,
    ],
  }))
  const emitRow = rowEmitter(f, operator, walk, pointers, compute)
  emitLoops(f, loops.reverse(), [...pointers.operands, pointers.output], emitRow)
}

const splats = { 1: 'v128.load8_splat', 2: 'v128.load16_splat', 4: 'v128.load32_splat' } as const

/** Writes the code for a row, which leaves the pointers where it finds them. */
function rowEmitter(
  f: FunctionBuilder,
  operator: ElementwiseOperator,
  { length, steps }: Walk,
  pointers: Pointers,
  compute: (block: Block) => void,
): () => void {
  const repeated = steps.map((step) => (step === 0 ? f.local('v128') : undefined))
  const operands = pointers.operands.map((pointer, index) => operandAt(pointer, repeated[index]))
  const { outputBytes, blockElements } = operator
  const move = (elements: number): void => {
    pointers.operands.forEach((pointer, index) =>
      f.increase(pointer, elements * operandBytesAt(operator, index) * steps[index]!),
    )
    f.increase(pointers.output, elements * outputBytes)
  }
  return () => {
    repeated.forEach((vector, index) => {
      if (vector === undefined) return
      const splat = splats[operandBytesAt(operator, index)]
      f.set(vector, load(splat, get(pointers.operands[index]!)))
    })
    const [blocks, rest] = [Math.floor(length / blockElements), length % blockElements]
    f.repeat(blocks, () => {
      compute({ operands, output: pointers.output, elements: blockElements })
      move(blockElements)
    })
    if (rest > 0) compute({ operands, output: pointers.output, elements: rest })
    move(-blocks * blockElements)
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
