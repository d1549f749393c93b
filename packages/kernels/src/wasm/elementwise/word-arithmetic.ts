import type { ActivationRange } from '../../arithmetic/activation-range.ts'
import type { BinaryParameters } from '../../shared/binary.ts'
import { operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { hoist } from '../hoist.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { beginFloat32Clamp } from '../reduction/clamp.ts'
import type { EmitClamp } from '../reduction/clamp.ts'
import type { Share } from '../share.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import type { ElementwiseOperator } from './operator.ts'
import { broadcastWalk, unaryWalk } from './walk.ts'

/** Types of elements that fill a vector four at a time. */
export type WordType = 'float32' | 'int32'

/** What is computed of a pair of numbers. */
export type PairOperation = 'add' | 'sub' | 'mul'

const clamps = { float32: beginFloat32Clamp, int32: beginInt32Clamp } as const

const instructions = {
  float32: { add: 'f32x4.add', sub: 'f32x4.sub', mul: 'f32x4.mul' },
  int32: { add: 'i32x4.add', sub: 'i32x4.sub', mul: 'i32x4.mul' },
} as const

/** ADD, SUB or MUL of float32, or of plain int32 modulo 2^32, clamped to the fused activation. */
export function wordArithmeticKernel(
  type: WordType,
  pairOperation: PairOperation,
  { rows, range }: BinaryParameters,
  share?: Share,
): GeneratedKernel {
  const instruction = instructions[type][pairOperation]
  const operator = wordOperator(type, range, (a, b) => operation(instruction, a!, b!))
  return elementwiseKernel(operator, broadcastWalk(rows), share)
}

/** RELU and its like in float32: `elements` values, clamped; NaN stays NaN. */
export function clampFloat32Kernel(range: ActivationRange, elements: number, share?: Share): GeneratedKernel {
  const operator = wordOperator('float32', range, (value) => value!)
  return elementwiseKernel(operator, unaryWalk(elements), share)
}

/** Computes vectors of four numbers, clamped. What `compute` is given may be evaluated several times. */
export function wordOperator(
  type: WordType,
  range: ActivationRange,
  compute: (...vectors: readonly Expression<'v128'>[]) => Expression<'v128'>,
): ElementwiseOperator {
  return {
    ...{ name: type, operandBytes: 4, outputBytes: 4, blockElements: 16, constants: [], scratchBytes: 0 },
    begin(f) {
      const clamp = clamps[type](f, range)
      const value = f.local('v128')
      return ({ operands, output, elements }) => {
        for (let first = 0; first < elements; first += 4) {
          f.set(value, compute(...operands.map((operand) => operand.vector(first / 4))))
          clamp(value)
          storeBytes(f, value, 0, Math.min(4, elements - first) * 4, get(output), first * 4)
        }
      }
    },
  }
}

/** Clamps int32; bounds that are not finite cost nothing. */
function beginInt32Clamp(f: FunctionBuilder, { min, max }: ActivationRange): EmitClamp {
  const splat = (value: number) => hoist(f, new Int32Array(4).fill(value))
  const low = min === -Infinity ? undefined : splat(min)
  const high = max === Infinity ? undefined : splat(max)
  return (vector) => {
    if (low !== undefined) f.set(vector, operation('i32x4.max_s', get(vector), get(low)))
    if (high !== undefined) f.set(vector, operation('i32x4.min_s', get(vector), get(high)))
  }
}
