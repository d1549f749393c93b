/** The windows of one axis: output positions, and what of the input lies under them. */
export interface WindowAxis {
  readonly outputs: number
  readonly inputs: number
  readonly filter: number
  readonly stride: number
  /** Positions before the first input. */
  readonly padding: number
}

/** Consecutive windows of one size, borders clipped, at even distances. */
export interface WindowRun {
  /** First input position of the first window. */
  readonly start: number
  /** Input positions from one window to the next. */
  readonly step: number
  /** Input positions in each window. */
  readonly size: number
  readonly count: number
}

/**
 * The windows of an axis in order.
 *
 * @example
 * windowRuns({ outputs: 4, inputs: 4, filter: 3, stride: 1, padding: 1 })
 * // [{ start: 0, step: 0, size: 2, count: 1 }, { start: 0, step: 1, size: 3, count: 2 }, { start: 2, step: 0, size: 2, count: 1 }]
 */
export function windowRuns({ outputs, inputs, filter, stride, padding }: WindowAxis): readonly WindowRun[] {
  const runs: WindowRun[] = []
  for (let output = 0; output < outputs; output++) {
    const from = output * stride - padding
    const start = Math.max(0, from)
    const size = Math.max(0, Math.min(from + filter, inputs) - start)
    const last = runs.at(-1)
    const step = last === undefined ? 0 : last.count === 1 ? start - last.start : last.step
    const continues = last?.size === size && start === last.start + last.count * step
    if (continues) runs[runs.length - 1] = { ...last, step, count: last.count + 1 }
    else runs.push({ start, step: 0, size, count: 1 })
  }
  return runs
}
