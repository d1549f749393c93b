import type { TargetName, Verdict } from './targets.ts'

/** Which cases a process works on: `from`, `from + step` and so on, below `to`. */
export interface Share {
  readonly target: TargetName
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly step: number
}

/** How a case went, as a process that works on it can tell. */
export type Outcome =
  | { readonly kind: 'verdict'; readonly index: number; readonly verdict: Verdict | 'unwritable' }
  | { readonly kind: 'threw'; readonly index: number; readonly error: string }
  | { readonly kind: 'memory'; readonly index: number; readonly error: string }

/** What a process tells: that it works, then one outcome after the other. */
export type Message = { readonly kind: 'ready' } | Outcome
