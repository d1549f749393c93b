import { UnsupportedError, sameShape } from '@quantrx/core'
import type { Sample, Tensor } from '@quantrx/core'
import { compile, shapedFor } from '@quantrx/runtime'
import type { CompileOptions, Program, RunOptions } from '@quantrx/runtime'
import type { Model } from '@quantrx/tflite'
import { sharesState } from '../shared-state/shares-state.ts'
import { isActivation, mainGraph, sliceInputs, sliceOperators } from './slice-operators.ts'
import { sparePieces, storeResults } from './stored-tensors.ts'
import type { StoredTensors } from './stored-tensors.ts'

/**
 * Several samples on their way through a model, advanced together one operator at a time. Only activations that a later
 * operator still needs are kept, so memory is bounded by the number of samples in the batch.
 */
export interface SampleBatch {
  readonly size: number
  /** Position of the operator that is next. */
  readonly position: number
  /**
   * One tensor for each sample, as the model stores it; its data belongs to the batch, and may be others' after a step. None
   * where operators that are left out would compute it.
   */
  tensors(index: number): readonly Tensor[]
  /**
   * Runs the next operator on all samples.
   *
   * @param model The model to take it from when its constants have changed; the same operators and tensors otherwise.
   */
  step(model?: Model): Promise<void>
}

/** How operators are run one by one. */
export type OperatorRun = Pick<RunOptions, 'arithmetic' | 'customOperators'>

/** The same where not all operators need run: for what looks at one layer after the other, and not at outputs of the model. */
export type PartialRun = OperatorRun & Pick<CompileOptions, 'unsupportedOperators'>

/** Options for the operators that take such tensors: files may leave their sizes open. */
export function shapedAs(given: readonly (readonly Tensor[])[], options: PartialRun): CompileOptions {
  const shapes = given.flatMap(([first]) => (first === undefined ? [] : [first.shape]))
  return shapes.length < given.length ? options : { ...options, inputShapes: shapes }
}

/**
 * Puts samples in front of the first operator of a model.
 *
 * @throws UnsupportedError for operators that share state; and as `compile` and `Program.run` do.
 *
 * @example
 * const batch = await startBatch(model, chosen)
 * while (batch.position < operators.length) await batch.step()
 */
export async function startBatch(
  model: Model,
  samples: readonly Sample[],
  options: PartialRun = {},
): Promise<SampleBatch> {
  if (sharesState(model)) throw sharedState()
  const { inputs: ends = [], operators = [] } = mainGraph(model)
  const lastUses = lastUsesOf(model)
  const live = new Map<number, StoredTensors>()
  const spare = sparePieces()
  const first = samples[0]
  const entry = await compile(
    withoutOperators(model),
    first === undefined ? options : shapedFor(model, options, first),
  )
  const bound = storeResults(samples.length, spare, (sample) => entry.run(samples[sample]!.inputs))
  ends.forEach((index, at) => live.set(index, bound[at]!))
  let position = 0
  const release = (): void => {
    for (const [index, { piece }] of live) {
      if ((lastUses.get(index) ?? -1) >= position) continue
      live.delete(index)
      spare.give(piece)
    }
  }
  return {
    size: samples.length,
    get position() {
      return position
    },
    tensors: (index) => live.get(index)?.tensors ?? [],
    async step(current = model) {
      const range = { from: position, to: position + 1 }
      const given = sliceInputs(current, range).map((index) => live.get(index)?.tensors ?? [])
      // What needs the results of operators that are left out is left out itself.
      if (given.every(({ length }) => length === samples.length)) {
        const programs = await programsFor(sliceOperators(current, range), given, samples.length, options)
        const made = storeResults(samples.length, spare, (sample) => {
          const program = programs[sample]!
          program.reset()
          return program.run(given.map((tensors) => tensors[sample]!))
        })
        programs[0]?.outputs.forEach(({ index }, at) => live.set(index, made[at]!))
        programs.forEach((program) => program.close())
      }
      position = Math.min(position + 1, operators.length)
      release()
    },
  }
}

/** A program for each sample, the same one for all of the same shapes: operators that choose give each sample its own. */
async function programsFor(
  model: Model,
  given: readonly (readonly Tensor[])[],
  samples: number,
  options: PartialRun,
): Promise<readonly Program[]> {
  const programs = new Map<string, Program>()
  const all: Program[] = []
  for (let sample = 0; sample < samples; sample++) {
    const inputShapes = given.map((tensors) => tensors[sample]!.shape)
    const key = JSON.stringify(inputShapes)
    const program = programs.get(key) ?? (await compile(model, { ...options, inputShapes }))
    programs.set(key, program)
    all.push(program)
  }
  return all
}

/** True for tensors of one shape, as layers are corrected by: those whose shape depends on values are left as they are. */
export const haveOneShape = (tensors: readonly Tensor[]): boolean =>
  tensors.every(({ shape }) => sameShape(shape, tensors[0]!.shape))

function sharedState(): UnsupportedError {
  return new UnsupportedError({
    stage: 'quantize',
    subject: 'model',
    found: 'operators that share state beside their tensors',
    expected: 'operators that can run one by one',
    nextStep: 'Quantize it without algorithms: on the command line, --no-bias-correction',
  })
}

/** Passes its inputs on: what they are once they are bound. */
function withoutOperators(model: Model): Model {
  const graph = mainGraph(model)
  const inputs = graph.inputs ?? []
  const only = { ...graph, operators: [], inputs, outputs: inputs }
  return { ...sliceOperators(model, { from: 0, to: 0 }), subgraphs: [only, ...model.subgraphs!.slice(1)] }
}

/** Position of the last operator that uses each activation; model outputs are used after the last operator. */
function lastUsesOf(model: Model): ReadonlyMap<number, number> {
  const { operators = [], outputs = [] } = mainGraph(model)
  const uses = new Map<number, number>()
  operators.forEach(({ inputs = [] }, at) => {
    for (const index of inputs) if (isActivation(model, index)) uses.set(index, at)
  })
  for (const index of outputs) uses.set(index, operators.length)
  return uses
}
