import { wasm } from '@quantrx/kernels'
import type { ProgramLayout } from '../emit-program.ts'

/** Addresses of the numbers by which the threads of a program work together. */
export interface Control {
  /** The open stage and which of its shares are taken, as {@link openStage} makes it; {@link closed} between runs. */
  readonly state: number
  /** How many threads sleep until the state changes. */
  readonly sleeping: number
  /** How many shares of the open stage are finished. */
  readonly finished: number
  /** The operators to run, from one to before another. */
  readonly from: number
  readonly to: number
}

/** What threads wait for shares no cache line with anything else, and what changes together is in one: moving a line takes long. */
const cacheLineBytes = 64

/** Places the control numbers behind everything else, and says how much memory that takes in all. */
export function placeControl({ bytes }: Pick<ProgramLayout, 'bytes'>): {
  readonly control: Control
  readonly bytes: number
} {
  const state = Math.ceil(bytes / cacheLineBytes) * cacheLineBytes
  const from = state + cacheLineBytes
  const control = { state, sleeping: state + 4, finished: state + 8, from, to: from + 4 }
  return { control, bytes: from + cacheLineBytes }
}

const stageShift = 16

/** Most shares of a stage: each has a bit below the number of the stage. */
export const mostShares = stageShift

/** No stage is open. */
export const closed = -1
/** No stage will ever be open again. */
export const ended = -2

/** The state in which a stage is open and no share is taken. */
export const openStage = (stage: number): number => stage << stageShift

/** The stage that is open in a state. */
export const stageOf = (state: wasm.Expression<'i32'>): wasm.Expression<'i32'> =>
  wasm.operation('i32.shr_u', state, wasm.constant(stageShift))
