import type { ProgramKernels } from '../emit-program.ts'

/** Operators that run between two moments at which all threads wait for the slowest: a divided one, or undivided ones. */
export interface Stage {
  /** The operators, from one to before another. */
  readonly from: number
  readonly to: number
  /** Numbers of the kernels that compute the shares of a divided operator; none for undivided ones, which are one share. */
  readonly shares: readonly number[]
}

/** The stages of a program, in order. Those that the reference computes belong to none. */
export function stagesOf(calls: ProgramKernels['calls']): readonly Stage[] {
  const stages: Stage[] = []
  calls.forEach((kernels, index) => {
    const last = stages.at(-1)
    if (kernels.length === 0) return
    if (kernels.length > 1) stages.push({ from: index, to: index + 1, shares: kernels })
    else if (last?.to === index && last.shares.length === 0)
      stages[stages.length - 1] = { ...last, to: index + 1 }
    else stages.push({ from: index, to: index + 1, shares: [] })
  })
  return stages
}
