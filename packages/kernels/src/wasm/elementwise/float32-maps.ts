import { float32, operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { unaryWalk } from './walk.ts'
import { wordOperator } from './word-arithmetic.ts'

type Vector = Expression<'v128'>

/** A kernel for `elements` float32, or a share of them. */
type Float32Kernel = (elements: number, share?: Share) => GeneratedKernel

const kernelOf =
  (compute: (values: Vector) => Vector): Float32Kernel =>
  (elements, share) =>
    elementwiseKernel(
      wordOperator('float32', { min: -Infinity, max: Infinity }, (values) => compute(values!)),
      unaryWalk(elements),
      share,
    )

/** ABS of float32, equal to the reference bit for bit, as all of these. */
export const absFloat32Kernel = kernelOf((values) => operation('f32x4.abs', values))

/** CEIL of float32. */
export const ceilFloat32Kernel = kernelOf((values) => operation('f32x4.ceil', values))

/** FLOOR of float32. */
export const floorFloat32Kernel = kernelOf((values) => operation('f32x4.floor', values))

/** NEG of float32. */
export const negFloat32Kernel = kernelOf((values) => operation('f32x4.neg', values))

/** SQUARE of float32, rounded once. */
export const squareFloat32Kernel = kernelOf((values) => operation('f32x4.mul', values, values))

/** ROUND of float32: halves to the even integer, and never -0, which a sum with 0 turns into 0. */
export const roundFloat32Kernel = kernelOf((values) =>
  operation('f32x4.add', operation('f32x4.nearest', values), operation('f32x4.splat', float32(0))),
)
