import type { Activation, Sample } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import { Observable, concatMap, defer } from 'rxjs'
import type { OperatorFunction } from 'rxjs'
import { activationRunner } from './activation-runner.ts'
import { compile } from './compile.ts'
import type { CompileOptions } from './compile.ts'
import type { Program } from './program.ts'

/**
 * Runs each sample through the model and emits its float32 tensors, inputs first, then operator outputs in execution
 * order. Integer tensors are not emitted: they need no observing. Variables are reset before each sample.
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
    const run = activationRunner(program)
    return source.subscribe({
      next(sample) {
        try {
          run(sample, (activation) => {
            if (!subscriber.closed) subscriber.next(activation)
          })
        } catch (error) {
          subscriber.error(error)
        }
      },
      error: (error) => subscriber.error(error),
      complete: () => subscriber.complete(),
    })
  })
}
