import type { Activation, ProgressEvent } from '@quantrx/core'
import { Observable, lastValueFrom, of, toArray } from 'rxjs'
import { expect, it } from 'vitest'
import { observe } from './observe.ts'
import { minMax } from './observers/min-max.ts'
import { movingAverage } from './observers/moving-average.ts'
import { percentile } from './observers/percentile.ts'

const tensor = { subgraph: 0, index: 0, name: 'x', shape: [2] }
const activations: Activation[] = [
  { sample: 0, tensor, values: Float32Array.of(1, 2) },
  { sample: 1, tensor, values: Float32Array.of(-1, 5) },
]

it('subscribes to its source once, whatever the number of strategies', async () => {
  let subscriptions = 0
  const source = new Observable<Activation>((subscriber) => {
    subscriptions++
    for (const activation of activations) subscriber.next(activation)
    subscriber.complete()
  })
  const strategies = { minmax: minMax(), p99: percentile(99), average: movingAverage() }
  const calibrations = await lastValueFrom(source.pipe(observe(strategies), toArray()))
  expect(calibrations.map(({ strategy }) => strategy)).toEqual(['minmax', 'p99', 'average'])
  expect(subscriptions).toBe(1)
})

it('starts anew for every subscription', async () => {
  const observed = of(...activations).pipe(observe({ minmax: minMax() }))
  expect(await lastValueFrom(observed)).toEqual(await lastValueFrom(observed))
})

it('passes errors of its source on and emits nothing', async () => {
  const source = new Observable<Activation>((subscriber) => {
    subscriber.next(activations[0]!)
    subscriber.error(new Error('the disk is gone'))
  })
  await expect(lastValueFrom(source.pipe(observe({ minmax: minMax() })))).rejects.toThrow('the disk is gone')
})

it('names the sample of an infinite value', async () => {
  const source = of({ ...activations[0]!, values: Float32Array.of(1, Infinity) })
  await expect(lastValueFrom(source.pipe(observe({ minmax: minMax() })))).rejects.toThrow(
    '[observe] "strategy minmax, tensor x, sample 0": got [observe] "minmax": got Infinity at position 1',
  )
})

it('fails without samples', async () => {
  await expect(lastValueFrom(of<Activation>().pipe(observe({ minmax: minMax() })))).rejects.toThrow(
    'got no samples',
  )
})

it('tells how many samples it has seen', async () => {
  const events: ProgressEvent[] = []
  await lastValueFrom(
    of(...activations).pipe(observe({ minmax: minMax() }, { onProgress: (event) => events.push(event) })),
  )
  expect(events).toEqual([
    { stage: 'observe', kind: 'sample', done: 1 },
    { stage: 'observe', kind: 'sample', done: 2 },
  ])
})
