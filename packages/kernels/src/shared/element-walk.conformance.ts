import { elementCount } from '@quantrx/core'
import { copyElements } from './element-walk.ts'
import type { ElementWalk } from './element-walk.ts'

/** Which input element each element of the output of a walk is, in row-major order; for tests. */
export function sourcesOf(walk: ElementWalk): readonly number[] {
  const largest = walk.offsets().reduce((sum, list) => sum + Math.max(...list, 0), 0)
  const output = new Uint32Array(elementCount(walk.shape))
  copyElements(walk)(
    Uint32Array.from({ length: largest + 1 }, (_, at) => at),
    output,
  )
  return [...output]
}
