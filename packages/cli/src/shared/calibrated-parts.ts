import type { Model } from '@quantrx/tflite'
import type { Environment } from '../environment.ts'
import type { CalibratedPart } from '../sample-workers/calibrate-on-threads.ts'
import { openSamples } from './data-options.ts'
import type { DataOptions } from './data-options.ts'
import { limit } from './limit.ts'
import { asMainGraph, runChoices } from './run-options.ts'
import type { RunChoices } from './run-options.ts'
import { signatureData } from './signature-data.ts'

/** What says which graphs of a model are calibrated, and on which samples. */
export interface CalibrationOptions extends DataOptions, Omit<RunChoices, 'signature'> {
  /** As {@link signatureData} reads it. */
  readonly signature?: readonly string[]
  /** Most samples of each. */
  readonly samples?: number
}

/** A part, and the source of its own, where it has one. */
export interface OpenedPart extends CalibratedPart {
  readonly data?: string
}

/** True where samples are named, whatever they are for. */
export const namesSamples = (model: Model, { data, randomSamples, signature }: CalibrationOptions): boolean =>
  data !== undefined ||
  randomSamples !== undefined ||
  signatureData(model, signature, false).some((each) => each.data !== undefined)

/**
 * The graphs that are to be calibrated, each with its samples.
 *
 * @throws UsageError for samples that are missing or named twice, and for signatures that the model does not have.
 */
export function openParts(
  model: Model,
  options: CalibrationOptions,
  environment: Environment,
): Promise<readonly OpenedPart[]> {
  const { signature, samples, randomSamples: _random, ...named } = options
  return Promise.all(
    signatureData(model, signature, named.data !== undefined).map(async ({ data, ...each }) => {
      const source = data === undefined ? options : { ...named, data }
      const open = await openSamples(source, asMainGraph(model, each), environment)
      const { customOperators, unsupportedOperators } = named
      const run = runChoices({
        ...each,
        ...(customOperators && { customOperators }),
        ...(unsupportedOperators && { unsupportedOperators }),
      })
      return { run, open: limit(open, samples), ...(data === undefined ? {} : { data }) }
    }),
  )
}
