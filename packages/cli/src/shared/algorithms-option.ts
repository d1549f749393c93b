import { UsageError } from '@quantrx/core'
import { Option } from 'commander'
import type { Command } from 'commander'
import { optionGroup } from '../command-line/option-group.ts'
import { suggest } from '../command-line/option-values.ts'

/** What improves on plain quantization, in the order in which it is applied. */
export const algorithmNames = ['equalize', 'gptq', 'bias-correction'] as const

/** Name of an algorithm on the command line. */
export type AlgorithmName = (typeof algorithmNames)[number]

/** The options that choose algorithms. */
export interface AlgorithmsOption {
  readonly algorithm?: string
  readonly biasCorrection: boolean
}

/** Adds the options of {@link AlgorithmsOption} to a command. */
export function addAlgorithmOptions(command: Command): Command {
  return optionGroup(command, 'Accuracy', (group) =>
    group
      .addOption(
        suggest(
          new Option(
            '--algorithm <names>',
            `what improves accuracy, separated by commas: ${algorithmNames.join(', ')}`,
          ),
          algorithmNames,
          { list: true },
        ),
      )
      .option('--no-bias-correction', 'leave biases as they are; they are corrected by default'),
  )
}

/**
 * The algorithms that are asked for, bias correction included unless it is switched off, in the order in which they are
 * applied.
 *
 * @throws UsageError for names that are unknown, or for bias correction both asked for and switched off.
 */
export function chosenAlgorithms({
  algorithm = '',
  biasCorrection,
}: AlgorithmsOption): readonly AlgorithmName[] {
  const asked = algorithm === '' ? [] : algorithm.split(',').map((name) => name.trim())
  const unknown = asked.find((name) => !(algorithmNames as readonly string[]).includes(name))
  if (unknown !== undefined) throw refused(unknown, `some of ${algorithmNames.join(', ')}`)
  if (!biasCorrection && asked.includes('bias-correction')) {
    throw refused('bias-correction and --no-bias-correction', 'one of them')
  }
  return algorithmNames.filter((name) => (name === 'bias-correction' ? biasCorrection : asked.includes(name)))
}

const refused = (found: string, expected: string): UsageError =>
  new UsageError({ stage: 'command', subject: '--algorithm', found, expected })
