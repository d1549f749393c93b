import { UsageError } from '@quantrx/core'
import type { TensorObserver } from '@quantrx/core'
import type { Scheme } from '@quantrx/schemes'
import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import { suggest } from '../command-line/option-values.ts'
import type { Environment } from '../environment.ts'
import { arithmeticOption } from '../shared/arithmetic-option.ts'
import type { ArithmeticOption } from '../shared/arithmetic-option.ts'
import { addDataOptions, parseRows } from '../shared/data-options.ts'
import type { DataOptions } from '../shared/data-options.ts'
import type { ReportOption, TestOptions } from '../shared/report-option.ts'
import { addRunOptions } from '../shared/run-options.ts'
import type { RunChoices } from '../shared/run-options.ts'
import { openScheme } from '../shared/scheme-option.ts'
import { observerNamed, observerNames, schemeNames } from '../shared/strategies.ts'
import { threadsOption } from '../shared/threads-option.ts'
import type { ThreadsOption } from '../shared/threads-option.ts'

/** The options of `sweep`. */
export interface SweepOptions
  extends DataOptions, ReportOption, TestOptions, ArithmeticOption, ThreadsOption, RunChoices {
  readonly observers: string
  readonly schemes: string
  readonly sampleCounts?: readonly number[]
  readonly biasCorrection?: boolean
  readonly outFolder?: string
  readonly json?: boolean
}

/** Every observer, with its usual setting. */
const plainObserverNames = observerNames.map((name) => name.replace(/\[.*\]$/, ''))

/** Those that make integers of everything, and the one that needs no ranges to compare them with. */
const usualSchemes = ['int8', 'int8-per-tensor', 'dynamic']

/** Adds the options of {@link SweepOptions} to a command. */
export function addSweepOptions(command: Command): Command {
  return addRunOptions(addDataOptions(command))
    .option('--test <source>', 'samples to judge by (default: those of --data)')
    .option('--test-labels <file>', 'their class indices')
    .option('--test-rows <a:b>', 'rows of them to use', parseRows)
    .addOption(
      suggest(
        new Option('--observers <names>', `strategies to compare: ${observerNames.join(', ')}`),
        plainObserverNames,
        { list: true },
      ).default(plainObserverNames.join(',')),
    )
    .addOption(
      suggest(
        new Option(
          '--schemes <names>',
          `schemes to compare: ${schemeNames.join(', ')}, or recipe files ending in .json`,
        ),
        schemeNames,
        { list: true },
      ).default(usualSchemes.join(',')),
    )
    .option('--sample-counts <n,...>', 'numbers of samples to calibrate with (default: all)', parseCounts)
    .option(
      '--bias-correction',
      'correct the biases of every candidate, as quantize does by default; takes about as long as a calibration for each',
    )
    .option('--out-folder <folder>', 'where to write every candidate; made where there is none')
    .option('--report <file.html>', 'write a page that compares them, and shows the most accurate, as HTML')
    .addOption(arithmeticOption())
    .addOption(threadsOption('number of threads that share the samples of --test'))
}

/** Parses counts of samples, `10,50,100`. */
function parseCounts(text: string): readonly number[] {
  const counts = text.split(',').map(Number)
  if (!counts.every((count) => Number.isInteger(count) && count >= 1))
    throw new InvalidArgumentError('Expected whole numbers of 1 or more, such as 10,50,100.')
  return counts
}

/**
 * The observers of a list of names.
 *
 * @throws UsageError listing the names there are.
 */
export function observersNamed(text: string): Readonly<Record<string, TensorObserver<unknown>>> {
  return Object.fromEntries(listed('--observers', text).map((name) => [name, observerNamed(name)]))
}

/**
 * The schemes of a list of names and recipe files.
 *
 * @throws UsageError listing the names there are, and as recipes do.
 */
export async function schemesNamed(
  environment: Environment,
  text: string,
): Promise<Readonly<Record<string, Scheme>>> {
  const opened: [string, Scheme][] = []
  for (const scheme of listed('--schemes', text)) {
    const options = { scheme, io: 'float32', fullyConnected: 'per-channel' } as const
    opened.push([scheme, await openScheme(environment, options)])
  }
  return Object.fromEntries(opened)
}

function listed(subject: string, text: string): readonly string[] {
  const names = text.split(',').flatMap((name) => name.trim() || [])
  if (names.length > 0) return names
  throw new UsageError({ stage: 'command', subject, found: 'no names', expected: 'at least one' })
}
