import type { Activation, Calibration, Range } from '@quantrx/core'
import { of } from 'rxjs'
import type { Observable } from 'rxjs'
import { expectTypeOf, it } from 'vitest'
import { mergeCollections, startCollection } from './collection.ts'
import { observe } from './observe.ts'
import { minMax } from './observers/min-max.ts'
import { movingAverage } from './observers/moving-average.ts'
import { percentile } from './observers/percentile.ts'

declare const activations: Observable<Activation>

it('keeps the names of strategies', () => {
  const observed = activations.pipe(observe({ minmax: minMax(), p99: percentile(99) }))
  expectTypeOf(observed).toEqualTypeOf<Observable<Calibration<'minmax', Range> | Calibration<'p99', Range>>>()
})

it('observes nothing but activations', () => {
  // @ts-expect-error samples have to be inferred first
  of({ index: 0, inputs: [] }).pipe(observe({ minmax: minMax() }))
})

it('merges only observers for which order does not matter', () => {
  mergeCollections({ minmax: minMax() }, [startCollection()])
  // @ts-expect-error a moving average depends on the order of the samples
  mergeCollections({ average: movingAverage() }, [startCollection()])
})
