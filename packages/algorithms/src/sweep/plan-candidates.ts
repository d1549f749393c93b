import { UsageError } from '@quantrx/core'
import type { Calibration } from '@quantrx/core'
import type { Scheme } from '@quantrx/schemes'
import type { CountedCalibration } from './calibrate-at-counts.ts'

/** Schemes by name. */
export type Schemes = Readonly<Record<string, Scheme>>

/** A candidate that is to be made. */
export interface PlannedCandidate {
  readonly strategy: string
  /** Name of the scheme in the plan. */
  readonly scheme: string
  readonly from: CountedCalibration
  readonly calibration: Calibration
  /** Position of the first candidate that comes out the same, byte by byte; its own where it is that one. */
  readonly first: number
}

/**
 * Every strategy with every scheme for every sample count, and which of them are the same: those of a scheme that looks at no ranges,
 * and those whose ranges are equal.
 */
export function planCandidates(
  counted: readonly CountedCalibration[],
  schemes: Schemes,
): readonly PlannedCandidate[] {
  const positions = new Map<string, number>()
  const planned: PlannedCandidate[] = []
  for (const from of counted) {
    for (const [scheme, { needsCalibration }] of Object.entries(schemes)) {
      for (const calibration of from.calibrations) {
        const ranges = needsCalibration ? calibration.tensors : []
        const key = JSON.stringify([scheme, ranges, from.correction === undefined ? 0 : from.samples])
        const first = positions.get(key) ?? planned.length
        positions.set(key, first)
        planned.push({ strategy: calibration.strategy, scheme, from, calibration, first })
      }
    }
  }
  return planned
}

/**
 * Refuses a sweep over nothing.
 *
 * @throws UsageError naming what is missing.
 */
export function checkSweep(observers: object, schemes: Schemes): void {
  for (const [subject, record] of Object.entries({ observers, schemes })) {
    if (Object.keys(record).length > 0) continue
    throw new UsageError({ stage: 'quantize', subject, found: 'none', expected: 'at least one' })
  }
}
