import type { Activation, Sample } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import { Observable, Subject, concatMap, defer } from 'rxjs'
import type { OperatorFunction } from 'rxjs'
import { hasOpenInputs, inputShapesFor } from './bind-shapes.ts'
import { subgraphOf } from './signature.ts'
import { activationRunner } from './activation-runner.ts'
import { compile } from './compile.ts'
import type { CompileOptions } from './compile.ts'
import type { Program } from './program.ts'

/**
 * Runs each sample through the model and emits its float32 tensors, inputs first, then operator outputs in execution
 * order, those of subgraphs that operators run included. Integer tensors are not emitted: they need no observing.
 *
 * Emission is synchronous and `values` are views on live memory, so a pulled source keeps one sample in flight. Where the file
 * leaves input sizes open and no `inputShapes` are given, the first sample decides them; samples that arrive while the program
 * for it is compiled wait. Later samples must have the same shapes.
 *
 * Errors: what `compile` throws, and {@link StageError} naming the sample that could not be run.
 *
 * @example
 * samples(fromArrays({ inputs: [new Float32Array([1, 2])], shape: [2] })).pipe(infer(model))
 */
export function infer(model: Model, options: CompileOptions = {}): OperatorFunction<Sample, Activation> {
  const open = options.inputShapes === undefined && hasOpenInputs(model, subgraphOf(model, options))
  if (open) return (source) => resized(source, model, options)
  return (source) =>
    defer(() => compile(model, options)).pipe(concatMap((program) => activations(source, program)))
}

/** Compiles when the first sample has come; the samples that come until then wait. */
function resized(source: Observable<Sample>, model: Model, options: CompileOptions): Observable<Activation> {
  return new Observable((subscriber) => {
    const samples = new Subject<Sample>()
    let waiting: Sample[] | undefined
    let ended: (() => void) | undefined
    const start = (program: Program): void => {
      activations(samples, program).subscribe(subscriber)
      for (const sample of waiting!) samples.next(sample)
      waiting = []
      ended?.()
      compiled = true
    }
    let compiled = false
    return source.subscribe({
      next(sample) {
        if (compiled) samples.next(sample)
        else if (waiting !== undefined) waiting.push(sample)
        else {
          waiting = [sample]
          compile(model, shapedBy(sample, model, options)).then(start, (error: unknown) =>
            subscriber.error(error),
          )
        }
      },
      error: (error) => subscriber.error(error),
      complete() {
        if (compiled || waiting === undefined) subscriber.complete()
        else ended = () => samples.complete()
      },
    })
  })
}

function shapedBy(sample: Sample, model: Model, options: CompileOptions): CompileOptions {
  const inputShapes = inputShapesFor(model, subgraphOf(model, options), sample)
  return inputShapes === undefined ? options : { ...options, inputShapes }
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
