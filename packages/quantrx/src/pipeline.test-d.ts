import { of } from 'rxjs'
import type { Observable } from 'rxjs'
import { expectTypeOf, it } from 'vitest'
import {
  agreement,
  evaluate,
  fromArrays,
  infer,
  int8,
  minMax,
  observe,
  percentile,
  quantize,
  samples,
  top1,
} from './index.ts'
import type { Model, Report } from './index.ts'

declare const model: Model
const open = fromArrays({ inputs: [], shape: [1] })
const observers = { minmax: minMax(), p9999: percentile(99.99) }
const metrics = [top1(), agreement()] as const

it('the whole pipeline keeps strategies and metrics', () => {
  const reports = samples(open).pipe(
    infer(model),
    observe(observers),
    quantize(model, int8()),
    evaluate(open, metrics),
  )
  expectTypeOf(reports).toExtend<
    Observable<Report<'minmax' | 'p9999', { readonly top1: number; readonly agreement: number }>>
  >()
})

it('without a stage it does not compile', () => {
  // @ts-expect-error without infer
  samples(open).pipe(observe(observers), quantize(model, int8()), evaluate(open, metrics))
  // @ts-expect-error without observe
  samples(open).pipe(infer(model), quantize(model, int8()), evaluate(open, metrics))
  // @ts-expect-error without quantize
  samples(open).pipe(infer(model), observe(observers), evaluate(open, metrics))
  // @ts-expect-error without samples
  of(1).pipe(infer(model), observe(observers), quantize(model, int8()), evaluate(open, metrics))
})

it('with two stages swapped it does not compile', () => {
  // @ts-expect-error observe before infer
  samples(open).pipe(observe(observers), infer(model), quantize(model, int8()), evaluate(open, metrics))
  // @ts-expect-error quantize before observe
  samples(open).pipe(infer(model), quantize(model, int8()), observe(observers), evaluate(open, metrics))
  // @ts-expect-error evaluate before quantize
  samples(open).pipe(infer(model), observe(observers), evaluate(open, metrics), quantize(model, int8()))
})
