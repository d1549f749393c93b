/** Milliseconds of the stages from nothing to the first result, in order. */
export type Stages = Readonly<Record<string, number>>

/** Measures stages one after the other. */
export function stageClock(): { stage(name: string): void; readonly stages: Stages } {
  const stages: Record<string, number> = {}
  let started = performance.now()
  return {
    stages,
    stage(name) {
      const now = performance.now()
      stages[name] = now - started
      started = now
    },
  }
}
