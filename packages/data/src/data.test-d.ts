import type { Opener, Sample } from '@quantrx/core'
import type { Observable } from 'rxjs'
import { expectTypeOf, it } from 'vitest'
import { arrow } from './arrow.ts'
import { fromArrays, normalize, npy, rows, samples, withLabels } from './index.ts'
import { arrowFile, openDataFile } from './node.ts'

declare const bytes: Uint8Array

it('opens samples and streams them', () => {
  expectTypeOf(npy(bytes)).toEqualTypeOf<Opener>()
  expectTypeOf(arrow(bytes)).toEqualTypeOf<Opener>()
  expectTypeOf(samples(npy(bytes))).toEqualTypeOf<Observable<Sample>>()
  expectTypeOf(openDataFile('x.npy')).toEqualTypeOf<Promise<Opener>>()
})

it('prepares openers, not streams', () => {
  expectTypeOf(
    rows(normalize(withLabels(npy(bytes), [1]), { mean: 0, std: 1 }), { start: 1 }),
  ).toEqualTypeOf<Opener>()
  // @ts-expect-error preparations come before `samples`
  rows(samples(npy(bytes)), { start: 1 })
  // @ts-expect-error a promise of an opener has to be awaited
  samples(openDataFile('x.npy'))
})

it('takes nothing that could only be read once', () => {
  // @ts-expect-error an iterator has no second pass; an opener is a function
  samples(npy(bytes)(new AbortController().signal))
})

it('asks for what it needs', () => {
  // @ts-expect-error a shape says how arrays become tensors
  fromArrays({ inputs: [Float32Array.of(1)] })
  // @ts-expect-error numbers need a type
  fromArrays({ inputs: [[1, 2]], shape: [2] })
  // @ts-expect-error there is no default deviation
  normalize(npy(bytes), { mean: 1 })
  // @ts-expect-error labels are chosen by the name of their column
  arrowFile('x.arrow', { labels: 'y' })
})
