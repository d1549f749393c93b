import type { Calibration } from '@quantrx/core'
import type { Candidate } from '@quantrx/schemes'
import { of } from 'rxjs'
import type { Observable } from 'rxjs'
import { expectTypeOf, it } from 'vitest'
import { evaluate } from './evaluate.ts'
import { exampleSamples } from './example.conformance.ts'
import { agreement } from './metrics/agreement.ts'
import { top1 } from './metrics/top1.ts'
import type { Report } from './report.ts'

declare const candidates: Observable<Candidate<'a' | 'b'>>

it('keeps strategies and the results of its metrics', () => {
  const reports = candidates.pipe(evaluate(exampleSamples(), [top1(), agreement()]))
  expectTypeOf(reports).toExtend<
    Observable<Report<'a' | 'b', { readonly top1: number; readonly agreement: number }>>
  >()
})

it('evaluates nothing but candidates', () => {
  const calibration: Calibration = {
    kind: 'calibration',
    strategy: 'a',
    observer: 'x',
    samples: 1,
    tensors: [],
  }
  // @ts-expect-error a calibration has to be quantized first
  of(calibration).pipe(evaluate(exampleSamples(), [top1()]))
})
