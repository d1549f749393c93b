import { commandLine, commandsFor } from './command-line/program.ts'
import { reportFailure } from './command-line/failures.ts'
import type { ExitCode } from './command-line/failures.ts'
import { processEnvironment } from './environment.ts'
import type { Environment } from './environment.ts'
import { endedInTime } from './interruption/interruption.ts'
import { plainSurface } from './terminal/surface.ts'

export type { ExitCode } from './command-line/failures.ts'

/**
 * Runs the quantrx command line.
 *
 * @param argv The arguments after the program's name, such as `['inspect', 'model.tflite', '--json']`.
 *
 * @example
 * process.exitCode = await main(['inspect', 'model.tflite'])
 */
export async function main(
  argv: readonly string[],
  given: Environment = processEnvironment(),
): Promise<ExitCode> {
  let late = false
  const environment = argv.includes('--no-color') ? withoutColor(given) : given
  try {
    if (argv[0] === 'complete') {
      const { complete } = await import('./completion/complete.ts')
      await complete(argv.slice(1), environment)
      return 0
    }
    const { program } = await commandLine(environment, commandsFor(argv))
    const work = program.parseAsync([...argv], { from: 'user' })
    await endedInTime(work, environment.signal, () => (late = true))
    return 0
  } catch (error) {
    const exitCode = reportFailure(error, environment, argv.includes('--verbose'))
    if (late) environment.kill?.()
    return exitCode
  } finally {
    environment.release?.()
  }
}

function withoutColor(environment: Environment): Environment {
  const { output, messages } = environment
  return {
    ...environment,
    output: { ...output, ...plainSurface },
    messages: { ...messages, ...plainSurface },
  }
}
