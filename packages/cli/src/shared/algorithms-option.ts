import { algorithmNames } from '@quantrx/algorithms'
import type { AlgorithmName } from '@quantrx/algorithms'
import { UsageError } from '@quantrx/core'
import { Option } from 'commander'
import type { Command } from 'commander'
import { optionGroup } from '../command-line/option-group.ts'
import { suggest } from '../command-line/option-values.ts'

export type { AlgorithmName } from '@quantrx/algorithms'

/** The options that choose algorithms. */
export interface AlgorithmsOption {
  readonly algorithm?: string
  readonly biasCorrection: boolean
}

const others = algorithmNames.filter((name) => name !== 'best')

/** Adds the options of {@link AlgorithmsOption} to a command. */
export function addAlgorithmOptions(command: Command): Command {
  return optionGroup(command, 'Accuracy', (group) =>
    group
      .addOption(
        suggest(
          new Option(
            '--algorithm <names>',
            `what improves accuracy: best, which tries the others on calibration samples, or some of ${others.join(', ')}, separated by commas`,
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
 * applied; `best` alone, which chooses for itself.
 *
 * @throws UsageError for names that are unknown, for bias correction both asked for and switched off, or for `best` and others.
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
  if (asked.includes('best')) {
    if (asked.length > 1 || !biasCorrection) {
      throw refused(
        asked.length > 1 ? algorithm : 'best and --no-bias-correction',
        'best alone, or the others',
      )
    }
    return ['best']
  }
  return algorithmNames.filter((name) => (name === 'bias-correction' ? biasCorrection : asked.includes(name)))
}

const refused = (found: string, expected: string): UsageError =>
  new UsageError({ stage: 'command', subject: '--algorithm', found, expected })
