import { StageError, UsageError, isQuantrxError } from '@quantrx/core'
import type { Activation, LiveScan, Sample, TensorDescription } from '@quantrx/core'
import type { RuntimeTensor } from './operator.ts'
import type { Program } from './program.ts'

/** Choices of `activationRunner`. */
export interface ActivationOptions {
  /**
   * True for samples that follow each other, as frames of one recording do: variables are as the sample before left them. What
   * is shown then depends on the order of samples. False by default.
   */
  readonly keepStates?: boolean
}

/**
 * The pure function under `infer`, for `for await` loops and workers: runs one sample and shows its float32 tensors, inputs
 * first, then operator outputs in execution order. Their `values` are views on live memory. Variables start anew with each
 * sample, so that what is shown does not depend on the order of samples, unless they are to be kept.
 *
 * @throws UsageError for a program without float32 tensors.
 *
 * @example
 * const run = activationRunner(await compile(model))
 * for await (const sample of open(signal)) run(sample, (activation) => collect(observers, collection, activation))
 */
export function activationRunner(program: Program, { keepStates = false }: ActivationOptions = {}) {
  refuseWithoutFloats(program)
  const emitted = new Map<RuntimeTensor, EmittedTensor>()
  const weights = unpackedWeights(program)
  /** Throws what `show` throws, and a StageError naming the sample when it cannot be run. */
  return (sample: Sample, show: (activation: Activation) => void): void => {
    let thrown: { readonly error: unknown } | undefined
    try {
      if (!keepStates) program.reset()
      program.run(sample.inputs, (tensor, subgraph) => {
        if (tensor.type !== 'float32' || tensor.data.length === 0 || weights.has(tensor)) return
        const { description, values, scan } = emittedTensor(emitted, program, tensor, subgraph)
        scan.renew()
        try {
          show({ sample: sample.index, tensor: description, values, scan })
        } catch (error) {
          thrown = { error }
          throw error
        }
      })
    } catch (error) {
      throw thrown === undefined ? sampleError(sample, error) : thrown.error
    }
  }
}

/** What all activations of one tensor have in common. */
interface EmittedTensor {
  readonly description: TensorDescription
  readonly values: Float32Array
  readonly scan: LiveScan
}

/** Made when a tensor is first seen; again when it is dynamic and has got other memory. */
function emittedTensor(
  emitted: Map<RuntimeTensor, EmittedTensor>,
  program: Program,
  tensor: RuntimeTensor,
  subgraph: number,
): EmittedTensor {
  const values = tensor.data as Float32Array
  const known = emitted.get(tensor)
  if (known?.values === values) return known
  const fresh = { description: describe(subgraph, tensor), values, scan: program.scan(values) }
  emitted.set(tensor, fresh)
  return fresh
}

/** Constants that were stored in other forms: they are weights, of which samples tell nothing. */
function unpackedWeights(program: Program): ReadonlySet<RuntimeTensor> {
  const operators = [program, ...program.called()].flatMap((each) => each.operators)
  const unpacking = operators.filter(
    ({ kind, kernel }) => kernel === 'constant' && (kind === 'DEQUANTIZE' || kind === 'DENSIFY'),
  )
  return new Set(unpacking.flatMap(({ outputs }) => outputs))
}

function refuseWithoutFloats(program: Program): void {
  const programs = [program, ...program.called()]
  const tensors = programs.flatMap(({ inputs, operators }) => [
    ...inputs,
    ...operators.flatMap(({ outputs }) => outputs),
  ])
  if (tensors.some(({ type }) => type === 'float32')) return
  throw new UsageError({
    stage: 'infer',
    subject: 'model',
    found: 'no float32 tensor',
    expected: 'a float model',
    nextStep: 'Calibrate with the float model that the integer one was made from',
  })
}

function describe(subgraph: number, { index, name, shape }: RuntimeTensor): TensorDescription {
  const channels = shape.length === 0 ? {} : { channelAxis: shape.length - 1 }
  return { subgraph, index, name, shape, ...channels }
}

function sampleError(sample: Sample, cause: unknown): StageError {
  const reason = isQuantrxError(cause) ? cause : undefined
  return new StageError({
    stage: 'infer',
    subject: `sample ${sample.index}`,
    found: reason === undefined ? String(cause) : reason.message,
    expected: 'a sample that the model can run',
    cause,
  })
}
