import { operatorKind } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { Option } from 'commander'

/** Option `--keep-states` of commands that calibrate. */
export interface KeepStatesOption {
  readonly keepStates?: boolean
}

/** `--keep-states`; by default every sample starts anew. */
export function keepStatesOption(): Option {
  return new Option(
    '--keep-states',
    'samples follow each other, as frames of a recording do: each finds the states that the last one left',
  )
}

/** What to tell of a model that keeps its past in resource variables, as those that hear one frame at a time do. */
export function statesHint(model: Model, { keepStates = false }: KeepStatesOption): string | undefined {
  const reads = model.subgraphs?.some(({ operators = [] }) =>
    operators.some((operator) => operatorKind(model, operator) === 'READ_VARIABLE'),
  )
  return reads === true && !keepStates
    ? 'quantrx: the model has variables, which every sample finds as they are at first; where samples follow each other, --keep-states\n'
    : undefined
}
