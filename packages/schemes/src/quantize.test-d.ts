import type { Activation, Calibration } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import type { Observable } from 'rxjs'
import { expectTypeOf, it } from 'vitest'
import type { Candidate } from './candidate.ts'
import { quantize } from './quantize.ts'
import { int8 } from './schemes/int8.ts'

declare const model: Model
declare const ranges: Observable<Calibration<'a' | 'b'>>
declare const means: Observable<Calibration<'mean', { readonly mean: number }>>
declare const activations: Observable<Activation>

it('keeps the names of strategies', () => {
  expectTypeOf(ranges.pipe(quantize(model, int8()))).toEqualTypeOf<Observable<Candidate<'a' | 'b'>>>()
})

it('quantizes nothing but ranges', () => {
  // @ts-expect-error means are no ranges
  means.pipe(quantize(model, int8()))
  // @ts-expect-error activations have to be observed first
  activations.pipe(quantize(model, int8()))
})
