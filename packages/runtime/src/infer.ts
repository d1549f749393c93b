import { StageError, UsageError, isQuantrxError } from '@quantrx/core'
import type { Activation, Sample, TensorDescription } from '@quantrx/core'
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
    const descriptions = describeFloatTensors(program)
    return source.subscribe({
      next(sample) {
        try {
          program.run(sample.inputs, (tensor) => {
            const description = descriptions.get(tensor)
            if (description === undefined || subscriber.closed) return
            subscriber.next({
              sample: sample.index,
              tensor: description,
              values: tensor.data as Float32Array,
            })
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

function describeFloatTensors(program: Program): ReadonlyMap<RuntimeTensor, TensorDescription> {
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
    floats.map((tensor) => [
      tensor,
      {
        subgraph: program.subgraph,
        index: tensor.index,
        name: tensor.name,
        shape: tensor.shape,
        ...(tensor.shape.length === 0 ? {} : { channelAxis: tensor.shape.length - 1 }),
      },
    ]),
  )
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
