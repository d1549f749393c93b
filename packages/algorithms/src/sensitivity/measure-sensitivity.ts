import type { Calibration, Opener, Tensor } from '@quantrx/core'
import { argmax } from '@quantrx/evaluators'
import { compile, realValues, shapedFor } from '@quantrx/runtime'
import { rewrite } from '@quantrx/schemes'
import type { OperatorPlan, Plan, Scheme } from '@quantrx/schemes'
import { operatorKind } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { chooseSamples } from '../graph/chosen-samples.ts'
import { shapedAs, startBatch } from '../graph/sample-batch.ts'
import type { OperatorRun } from '../graph/sample-batch.ts'
import { mainGraph, sliceInputs, sliceOperators } from '../graph/slice-operators.ts'

/** How much one operator alone disturbs a model. */
export interface OperatorSensitivity {
  /** Position of the operator in the float model. */
  readonly index: number
  /** Name of its output. */
  readonly name: string
  readonly kind: string
  /** Power of the error at the output, as a share of the power of the output: 0 for none. */
  readonly noise: number
  /** The same in dB, `-10 log10(noise)`; Infinity for none. */
  readonly sqnrDb: number
  /** Share of samples whose largest output stays where it was, 0 to 1. */
  readonly agreement: number
}

/** Choices of `sensitivity`. */
export interface SensitivityOptions extends OperatorRun {
  /** Most samples to look at, chosen evenly; 64 by default. */
  readonly samples?: number
  readonly signal?: AbortSignal
}

/**
 * Measures operator by operator, in execution order, what happens at the output when a scheme is applied to that operator alone
 * and the rest stays float. Errors of several operators add up in power as long as they are small, so the ranking tells which
 * ones to treat better. The first output counts, in front of a final SOFTMAX or LOGISTIC, which would hide differences.
 *
 * Every operator starts from the float activations in front of it, which are computed once: all of it costs half as much as
 * running the model once for each operator. Memory: the live activations of at most {@link SensitivityOptions.samples} samples.
 *
 * @throws DataError when there are no samples, or one holds NaN.
 *
 * @example
 * for await (const { name, sqnrDb } of measureSensitivity(model, calibration, int8(), open)) console.log(name, sqnrDb)
 */
export async function* measureSensitivity(
  model: Model,
  calibration: Calibration,
  scheme: Scheme,
  open: Opener,
  { samples: limit = 64, signal, ...run }: SensitivityOptions = {},
): AsyncGenerator<OperatorSensitivity, void, undefined> {
  const samples = await chooseSamples(open, { limit, stage: 'evaluate', ...(signal && { signal }) })
  const plan = scheme.plan(model, calibration)
  const plans = plan.subgraphs.find(({ subgraph }) => subgraph === 0)?.operators ?? []
  const scored = withoutFinalSoftmax(model)
  const { operators = [], tensors = [] } = mainGraph(scored)
  const whole = await compile(scored, shapedFor(scored, run, samples[0]!))
  const references = samples.map(({ inputs }) => realValues(whole.run(inputs)[0]!).slice())
  const batch = await startBatch(scored, samples, run)
  for (const [index, operator] of operators.entries()) {
    signal?.throwIfAborted()
    const own = plans.find((each) => each.index === index)
    if (own !== undefined && own.floatReason === undefined && isChanged(own)) {
      const range = { from: index, to: operators.length }
      const inputs = sliceInputs(scored, range).map((tensor) => batch.tensors(tensor))
      const alone = aloneQuantized(sliceOperators(scored, range), plan, own)
      const measured = await measure(alone, inputs, references, run)
      const name = tensors[operator.outputs?.[0] ?? -1]?.name ?? ''
      yield { index, name, kind: operatorKind(scored, operator), ...measured }
    }
    await batch.step()
  }
}

/** The most sensitive operators first. */
export function rankSensitivities(all: readonly OperatorSensitivity[]): readonly OperatorSensitivity[] {
  return [...all].sort((a, b) => b.noise - a.noise || a.index - b.index)
}

const isChanged = ({ inputs, outputs, version }: OperatorPlan): boolean =>
  version !== undefined || [...inputs, ...outputs].some((operand) => operand !== null)

/** The model up to its scores. */
function withoutFinalSoftmax(model: Model): Model {
  const { operators = [], outputs = [] } = mainGraph(model)
  const last = operators.at(-1)
  const kind = last && operatorKind(model, last)
  const ends = outputs.length === 1 && last?.outputs?.[0] === outputs[0]
  if (!ends || (kind !== 'SOFTMAX' && kind !== 'LOGISTIC') || operators.length < 2) return model
  return sliceOperators(model, { from: 0, to: operators.length - 1 })
}

/** The model with nothing but its first operator quantized. */
function aloneQuantized(model: Model, { scheme }: Plan, own: OperatorPlan): Model {
  const operators = [{ ...own, index: 0 }]
  return rewrite(model, { scheme, io: 'float32', subgraphs: [{ subgraph: 0, operators, boundary: {} }] })
    .model
}

async function measure(
  model: Model,
  inputs: readonly (readonly Tensor[])[],
  references: readonly Float32Array[],
  options: OperatorRun,
): Promise<Pick<OperatorSensitivity, 'noise' | 'sqnrDb' | 'agreement'>> {
  const program = await compile(model, shapedAs(inputs, options))
  let [signal, error, agreeing] = [0, 0, 0]
  references.forEach((reference, sample) => {
    const output = realValues(program.run(inputs.map((tensors) => tensors[sample]!))[0]!)
    reference.forEach((value, at) => {
      const difference = output[at]! - value
      signal += value * value
      error += difference * difference
    })
    if (argmax(output) === argmax(reference)) agreeing++
  })
  program.close()
  const noise = error === 0 ? 0 : error / signal
  return {
    noise,
    sqnrDb: noise === 0 ? Infinity : -10 * Math.log10(noise),
    agreement: agreeing / references.length,
  }
}
