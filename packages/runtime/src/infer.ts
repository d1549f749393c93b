import { StageError, UsageError, isQuantrxError } from '@quantrx/core'
import type { Activation, LiveScan, Sample, TensorDescription } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import { Observable, concatMap, defer } from 'rxjs'
import type { OperatorFunction } from 'rxjs'
import { compile } from './compile.ts'
import type { CompileOptions } from './compile.ts'
import type { RuntimeTensor } from './operator.ts'
import type { Program } from './program.ts'

/**
 * Runs each sample through the model and emits its float32 tensors, inputs first, then operator outputs in execution
 * order. Integer tensors are not emitted: they need no observing.
 *
 * Emission is synchronous and `values` are views on live memory, so a pulled source keeps one sample in flight.
 *
 * Errors: what `compile` throws, and {@link StageError} naming the sample that could not be run.
 *
 * @example
 * samples(fromArrays({ inputs: [new Float32Array([1, 2])], shape: [2] })).pipe(infer(model))
 */
export function infer(model: Model, options: CompileOptions = {}): OperatorFunction<Sample, Activation> {
  return (source) =>
    defer(() => compile(model, options)).pipe(concatMap((program) => activations(source, program)))
}

function activations(source: Observable<Sample>, program: Program): Observable<Activation> {
  return new Observable((subscriber) => {
    const emitted = emittedTensors(program)
    return source.subscribe({
      next(sample) {
        try {
          program.run(sample.inputs, (tensor) => {
            const known = emitted.get(tensor)
            if (known === undefined || subscriber.closed) return
            const { description, values, scan } = known
            scan.renew()
            subscriber.next({ sample: sample.index, tensor: description, values, scan })
          })
        } catch (error) {
          subscriber.error(sampleError(sample, error))
        }
      },
      error: (error) => subscriber.error(error),
      complete: () => subscriber.complete(),
    })
  })
}

/** What all activations of one tensor have in common. */
interface EmittedTensor {
  readonly description: TensorDescription
  readonly values: Float32Array
  readonly scan: LiveScan
}

function emittedTensors(program: Program): ReadonlyMap<RuntimeTensor, EmittedTensor> {
  const tensors = [...program.inputs, ...program.operators.flatMap(({ outputs }) => outputs)]
  const floats = tensors.filter(({ type }) => type === 'float32')
  if (floats.length === 0) {
    throw new UsageError({
      stage: 'infer',
      subject: 'model',
      found: 'no float32 tensor',
      expected: 'a float model',
      nextStep: 'Calibrate with the float model that the integer one was made from',
    })
  }
  return new Map(
    floats.map((tensor) => {
      const values = tensor.data as Float32Array
      return [tensor, { description: describe(program, tensor), values, scan: program.scan(values) }]
    }),
  )
}

function describe({ subgraph }: Program, { index, name, shape }: RuntimeTensor): TensorDescription {
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
