import { StageError, isQuantrxError, scanValues } from '@quantrx/core'
import type {
  Activation,
  Calibration,
  MergeableObserver,
  TensorDescription,
  TensorObserver,
} from '@quantrx/core'

/** Observers by the name of their strategy. */
export type Observers = Readonly<Record<string, TensorObserver<unknown, unknown>>>

/** Observers for which data may be split and the parts merged. */
export type MergeableObservers = Readonly<Record<string, MergeableObserver<unknown, unknown>>>

type ResultOf<Observer> = Observer extends { finish(state: never): infer Result } ? Result : never

/** The calibrations of a record of observers: one for each strategy, with its name and its result in the type. */
export type CalibrationOf<Strategies extends Observers> = {
  [Name in keyof Strategies & string]: Calibration<Name, ResultOf<Strategies[Name]>>
}[keyof Strategies & string]

/** What a record of observers has seen so far; plain data that survives JSON, so that calibration can be resumed. */
export interface Collection {
  samples: number
  /** Sample of the latest activation: activations of one sample follow each other. */
  latestSample: number | null
  readonly tensors: Record<string, CollectedTensor>
}

/** The states of one tensor by strategy. */
export interface CollectedTensor {
  readonly tensor: TensorDescription
  readonly states: Readonly<Record<string, unknown>>
}

/** A collection that has seen nothing. */
export function startCollection(): Collection {
  return { samples: 0, latestSample: null, tensors: {} }
}

/**
 * Shows one activation to every observer. The pure function under `observe`, for `for await` loops and shards.
 *
 * @throws StageError naming strategy, tensor and sample when an observer fails.
 *
 * @example
 * const collection = startCollection()
 * for (const activation of activations) collect(observers, collection, activation)
 * const [calibration] = finishCollection(observers, collection)
 */
export function collect(observers: Observers, collection: Collection, activation: Activation): void {
  const { sample, tensor, values } = activation
  // One scan for all observers, so that what several ask for is looked for once.
  const scan = activation.scan?.values === values ? activation.scan : scanValues(values)
  const key = `${tensor.subgraph}:${tensor.index}`
  const collected = (collection.tensors[key] ??= { tensor, states: initialStates(observers, tensor) })
  for (const strategy of Object.keys(observers)) {
    if (isServed(observers, collected.states, strategy)) continue
    try {
      observers[strategy]!.update(collected.states[strategy], values, scan)
    } catch (cause) {
      throw failure(`strategy ${strategy}, tensor ${tensor.name}, sample ${sample}`, cause)
    }
  }
  if (collection.latestSample !== sample) collection.samples++
  collection.latestSample = sample
}

/**
 * One collection of what several saw, in the order given. For observers that can be merged, any split of the data gives
 * the same bytes as one pass over all of it.
 */
export function mergeCollections(
  observers: MergeableObservers,
  collections: readonly Collection[],
): Collection {
  const merged = startCollection()
  for (const { samples, tensors } of collections) {
    merged.samples += samples
    for (const [key, { tensor, states }] of Object.entries(tensors)) {
      const known = merged.tensors[key]?.states ?? initialStates(observers, tensor)
      const served = (name: string): boolean =>
        isServed(observers, known, name) && isServed(observers, states, name)
      merged.tensors[key] = {
        tensor,
        states: statesOf(observers, served, (observer, name) => observer.merge(known[name], states[name])),
      }
    }
  }
  return merged
}

/**
 * The calibrations of all strategies, in the order of the record; tensors are ordered by subgraph and index.
 *
 * @throws StageError when no sample has been seen, or an observer has no result.
 */
export function finishCollection<Strategies extends Observers>(
  observers: Strategies,
  collection: Collection,
): readonly CalibrationOf<Strategies>[] {
  if (collection.samples === 0) {
    throw new StageError({
      stage: 'observe',
      subject: 'samples',
      found: 'no samples',
      expected: 'at least one',
      nextStep: 'Check the data source and the selected rows',
    })
  }
  const tensors = Object.values(collection.tensors).sort(
    ({ tensor: a }, { tensor: b }) => a.subgraph - b.subgraph || a.index - b.index,
  )
  return Object.keys(observers).map((strategy) => ({
    kind: 'calibration',
    strategy,
    observer: observers[strategy]!.name,
    samples: collection.samples,
    tensors: tensors.map(({ tensor, states }) => ({
      subgraph: tensor.subgraph,
      index: tensor.index,
      name: tensor.name,
      result: finishOne(observers, strategy, tensor, states[strategy]),
    })),
  })) as unknown as readonly CalibrationOf<Strategies>[]
}

function finishOne(
  observers: Observers,
  strategy: string,
  tensor: TensorDescription,
  state: unknown,
): unknown {
  try {
    return observers[strategy]!.finish(state)
  } catch (cause) {
    throw failure(`strategy ${strategy}, tensor ${tensor.name}`, cause)
  }
}

const initialStates = (observers: Observers, tensor: TensorDescription): Record<string, unknown> =>
  statesOf(
    observers,
    () => true,
    (observer) => observer.init(tensor),
  )

/** A state for each strategy: its own, or where it is served, that of the first strategy with the same. */
function statesOf<Observer extends Observers[string]>(
  observers: Readonly<Record<string, Observer>>,
  served: (strategy: string) => boolean,
  make: (observer: Observer, strategy: string) => unknown,
): Record<string, unknown> {
  const states: Record<string, unknown> = {}
  for (const [strategy, observer] of Object.entries(observers)) {
    const first = firstOfState(observers, strategy)
    states[strategy] = first !== strategy && served(strategy) ? states[first] : make(observer, strategy)
  }
  return states
}

/** True where the state is that of a strategy before this one. JSON makes two of one: then each is kept up by itself. */
function isServed(
  observers: Observers,
  states: Readonly<Record<string, unknown>>,
  strategy: string,
): boolean {
  const first = firstOfState(observers, strategy)
  return first !== strategy && states[first] === states[strategy]
}

function firstOfState(observers: Observers, strategy: string): string {
  const kind = observers[strategy]!.sharedState
  if (kind === undefined) return strategy
  return Object.keys(observers).find((name) => observers[name]!.sharedState === kind) ?? strategy
}

function failure(subject: string, cause: unknown): StageError {
  return new StageError({
    stage: 'observe',
    subject,
    found: isQuantrxError(cause) ? cause.message : String(cause),
    expected: 'values that can be observed',
    cause,
  })
}
