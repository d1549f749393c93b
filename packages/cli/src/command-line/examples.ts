import type { Example } from '../command.ts'
import { paint } from '../terminal/paint.ts'
import type { Surface } from '../terminal/surface.ts'

/** The examples of a command as the end of its help. */
export function describeExamples(examples: readonly Example[], surface: Surface): string {
  if (examples.length === 0) return ''
  const lines = examples.flatMap(({ does, line }) => [
    `  ${does}:`,
    `    ${paint(surface, 'command', `quantrx ${line}`)}`,
  ])
  return ['', paint(surface, 'heading', 'Examples:'), ...lines].join('\n')
}
