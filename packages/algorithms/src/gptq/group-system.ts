import { cholesky } from './cholesky.ts'
import type { GroupMoments } from './layer-moments.ts'
import type { RoundingObjective } from './round-channel.ts'

/** Which output the rounded weights are to meet. */
export type RoundingTarget = 'own-inputs' | 'float-inputs'

/** Moments of a group as expectations of real numbers, and the linear system that follows from them. */
export interface GroupSystem {
  readonly objective: RoundingObjective
  /** `E q qᵀ`, about the means for layers with a bias; both triangles. */
  readonly second: Float64Array
  /** `E q tᵀ` with the inputs that make the target. */
  readonly cross: Float64Array
  readonly mean: Float64Array
  readonly floatMean: Float64Array
}

/** What a system is made with. */
export interface SystemOptions {
  readonly depth: number
  readonly rows: number
  /** Scale of the stored input; 1 for a float one. */
  readonly inputScale: number
  /** True where a bias meets the means, so that only what is around them counts. */
  readonly centered: boolean
  readonly target: RoundingTarget
  /** λ as a share of the mean of the matrix's diagonal. */
  readonly damping: number
}

/** Undefined where all inputs of the group are the same in all samples: nothing can be learned from them. */
export function groupSystem(moments: GroupMoments, options: SystemOptions): GroupSystem | undefined {
  const { depth, rows, inputScale, centered, target, damping } = options
  const mean = moments.sum.map((sum) => (inputScale * sum) / rows)
  const floatMean = moments.floatSum.map((sum) => sum / rows)
  const second = new Float64Array(depth * depth)
  const mixed = target === 'own-inputs' ? second : new Float64Array(depth * depth)
  let trace = 0
  for (let row = 0; row < depth; row++) {
    for (let column = 0; column < depth; column++) {
      const lower = row >= column ? row * depth + column : column * depth + row
      const at = row * depth + column
      const around = centered ? mean[row]! : 0
      second[at] = (inputScale * inputScale * moments.second[lower]!) / rows - around * mean[column]!
      if (target === 'float-inputs') {
        mixed[at] = (inputScale * moments.cross[at]!) / rows - around * floatMean[column]!
      }
    }
    trace += second[row * depth + row]!
  }
  const matrix = second.slice()
  for (let row = 0; row < depth; row++) matrix[row * depth + row]! += (damping * trace) / depth
  const factor = trace > 0 ? cholesky(matrix.slice(), depth) : undefined
  if (factor === undefined) return undefined
  return { objective: { size: depth, matrix, factor }, second, cross: mixed, mean, floatMean }
}
