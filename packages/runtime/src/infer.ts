import type { Activation, Sample } from '@quantrx/core'
import { withFiniteConstants } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { Observable, concatMap, defer } from 'rxjs'
import type { OperatorFunction } from 'rxjs'
import { shapedFor, waitsForSample } from './bind-shapes.ts'
import { activationRunner } from './activation-runner.ts'
import type { ActivationOptions } from './activation-runner.ts'
import { compile, compileAtOnce } from './compile.ts'
import type { CompileOptions } from './compile.ts'
import { loadOperators } from './load-operators.ts'

/** Choices of `infer`. */
export interface InferOptions extends CompileOptions, ActivationOptions {}

/**
 * Runs each sample through the model and emits its float32 tensors, inputs first, then operator outputs in execution
 * order, those of subgraphs that operators run included. Integer tensors are not emitted: they need no observing.
 *
 * Constants that are infinite where operators choose or hide by them count as the largest finite numbers; see `withFiniteConstants`.
 *
 * Emission is synchronous and `values` are views on live memory, so a pulled source keeps one sample in flight. Where the file
 * leaves input sizes open and no `inputShapes` are given, the first sample decides them; the program for it is compiled while the
 * source waits. Later samples must have the same shapes.
 *
 * Errors: what `compile` throws, and `StageError` naming the sample that could not be run.
 *
 * @example
 * samples(fromArrays({ inputs: [new Float32Array([1, 2])], shape: [2] })).pipe(infer(model))
 */
export function infer(source: Model, options: InferOptions = {}): OperatorFunction<Sample, Activation> {
  const model = withFiniteConstants(source)
  const runs = async (): Promise<RunsOf> => {
    if (waitsForSample(model, options)) {
      // What comes later is compiled without waiting, so that no sample has to wait either.
      await loadOperators(model)
      return (sample) => activationRunner(compileAtOnce(model, shapedFor(model, options, sample)), options)
    }
    const run = activationRunner(await compile(model, options), options)
    return () => run
  }
  return (samples) => defer(runs).pipe(concatMap((runOf) => activations(samples, runOf)))
}

/** What runs the samples of a source, given the first of them. */
type RunsOf = (first: Sample) => ReturnType<typeof activationRunner>
function activations(source: Observable<Sample>, runOf: RunsOf): Observable<Activation> {
  return new Observable((subscriber) => {
    let run: ReturnType<RunsOf> | undefined
    return source.subscribe({
      next(sample) {
        try {
          run ??= runOf(sample)
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
