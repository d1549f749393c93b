import type { Shape } from '@quantrx/core'
import { operation, vectorConstant } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import type { ElementBytes, ElementwiseOperator } from './operator.ts'
import { shapesWalk } from './shapes-walk.ts'

/** The shapes of a selection. */
export interface SelectShapes {
  /** All three are repeated to that of the output, dimensions counted from the last. */
  readonly condition: Shape
  readonly a: Shape
  readonly b: Shape
  readonly output: Shape
}

/**
 * SELECT and SELECT_V2 of elements of 1 or 4 bytes, whatever they are: those of `a` where the byte of the condition is not 0,
 * those of `b` elsewhere. Inputs are the condition, `a` and `b`.
 */
export function selectKernel(
  elementBytes: ElementBytes,
  { condition, a, b, output }: SelectShapes,
  share?: Share,
): GeneratedKernel {
  return elementwiseKernel(selectOperator(elementBytes), shapesWalk([condition, a, b], output), share)
}

function selectOperator(elementBytes: ElementBytes): ElementwiseOperator {
  return {
    ...{ name: 'bytes', operandBytes: [1, elementBytes, elementBytes], outputBytes: elementBytes },
    ...{ blockElements: 16, constants: [], scratchBytes: 0 },
    begin(f) {
      const chosen = f.local('v128')
      const begin = elementBytes === 1 ? maskOfBytes : masksOfWords
      const maskFor = begin(f)
      return ({ operands: [condition, a, b], output, elements }) => {
        const isFalse = operation('i8x16.eq', condition!.vector(0), vectorConstant(new Uint8Array(16)))
        const bytes = elements * elementBytes
        for (let first = 0; first < bytes; first += 16) {
          const at = first / 16
          const mask = maskFor(isFalse, at)
          f.set(chosen, operation('v128.bitselect', b!.vector(at), a!.vector(at), get(mask)))
          storeBytes(f, chosen, 0, Math.min(16, bytes - first), get(output), first)
        }
      }
    },
  }
}

/** Writes the code for the mask of the vector at a position, made of that of sixteen bytes; positions are asked for in order. */
type MaskFor = (bytes: Expression<'v128'>, at: number) => Local<'v128'>

function maskOfBytes(f: FunctionBuilder): MaskFor {
  const mask = f.local('v128')
  return (bytes) => {
    f.set(mask, bytes)
    return mask
  }
}

function masksOfWords(f: FunctionBuilder): MaskFor {
  const [all, half, mask] = [f.local('v128'), f.local('v128'), f.local('v128')]
  return (bytes, at) => {
    if (at === 0) f.set(all, bytes)
    if (at === 0) f.set(half, operation('i16x8.extend_low_i8x16_s', get(all)))
    if (at === 2) f.set(half, operation('i16x8.extend_high_i8x16_s', get(all)))
    const extend = at % 2 === 0 ? 'i32x4.extend_low_i16x8_s' : 'i32x4.extend_high_i16x8_s'
    f.set(mask, operation(extend, get(half)))
    return mask
  }
}
