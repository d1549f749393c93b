import { elementCount } from '@quantrx/core'
import type { ConcatenationParameters } from '../../ops/concatenation/concatenation.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { copyKernel } from './copy.ts'

/** CONCATENATION: of each input, the rows from the axis on take turns with those of the others. */
export function concatenationKernel(parameters: ConcatenationParameters, share?: Share): GeneratedKernel {
  const { inputShapes, axis, bytesPerElement } = parameters
  const count = elementCount(inputShapes[0]?.slice(0, axis) ?? [])
  const rows = inputShapes.map((shape) => elementCount(shape.slice(axis)) * bytesPerElement)
  const total = (before: number): number => rows.slice(0, before).reduce((sum, bytes) => sum + bytes, 0)
  const copies = rows.map((rowBytes, at) => ({
    ...{ sourceAt: 0, targetAt: total(at), rowBytes },
    loops: [{ count, steps: [rowBytes, total(rows.length)] }],
  }))
  return copyKernel(copies, share)
}
