import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os'

/** What the figures were measured on. */
export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly platform: string
  readonly memoryBytes: number
  /** How many processes wanted to run in the minute before. */
  readonly load: number
}

/** Describes this machine. */
export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    platform: `${platform()}-${arch()}`,
    memoryBytes: totalmem(),
    load: loadavg()[0] ?? 0,
  }
}

/** One line, with a warning when others use the machine. */
export function drawMachine({ processor, cores, platform, load }: Machine): string {
  const busy = load > 0.5 ? '; the machine is not idle: trust ratios before times' : ''
  return `${processor}, ${cores} cores, ${platform}, load ${load.toFixed(2)}${busy}`
}
