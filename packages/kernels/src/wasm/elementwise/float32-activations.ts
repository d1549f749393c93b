import type { BroadcastRows } from '../../shared/broadcast.ts'
import { float32, operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { broadcastWalk, unaryWalk } from './walk.ts'
import { wordOperator } from './word-arithmetic.ts'

const unclamped = { min: -Infinity, max: Infinity }

const splat = (value: number): Expression<'v128'> => operation('f32x4.splat', float32(value))

/** PRELU of float32, the slopes repeated over the input as the rows say; equal to the reference bit for bit. */
export function preluKernel(rows: BroadcastRows, share?: Share): GeneratedKernel {
  const operator = wordOperator('float32', unclamped, (value, slope) => {
    const below = operation('f32x4.mul', value!, slope!)
    return operation('v128.bitselect', value!, below, operation('f32x4.ge', value!, splat(0)))
  })
  return elementwiseKernel(operator, broadcastWalk(rows), share)
}

/**
 * LEAKY_RELU of `elements` float32, equal to the reference bit for bit.
 *
 * @param alpha the slope below 0.
 * @returns undefined for a slope that is no float32.
 */
export function leakyReluKernel(alpha: number, elements: number, share?: Share): GeneratedKernel | undefined {
  if (Math.fround(alpha) !== alpha) return undefined
  const operator = wordOperator('float32', unclamped, (value) => {
    const below = operation('f32x4.mul', value!, splat(alpha))
    return operation('v128.bitselect', below, value!, operation('f32x4.lt', value!, splat(0)))
  })
  return elementwiseKernel(operator, unaryWalk(elements), share)
}

/** HARD_SWISH of `elements` float32, equal to the reference bit for bit. */
export function hardSwishKernel(elements: number, share?: Share): GeneratedKernel {
  const operator = wordOperator('float32', unclamped, (value) => {
    const raised = operation('f32x4.max', operation('f32x4.add', value!, splat(3)), splat(0))
    const gate = operation('f32x4.min', raised, splat(6))
    return operation('f32x4.div', operation('f32x4.mul', value!, gate), splat(6))
  })
  return elementwiseKernel(operator, unaryWalk(elements), share)
}
