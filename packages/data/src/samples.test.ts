import type { Opener, Sample } from '@quantrx/core'
import { lastValueFrom, map, take, toArray } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { fromArrays } from './from-arrays.ts'
import { samples } from './samples.ts'

const three = fromArrays({
  inputs: [1, 2, 3].map((value) => Float32Array.of(value)),
  shape: [1],
  labels: [7, 8, 9],
})

it('gives the samples of a source with their labels', async () => {
  const all = await lastValueFrom(samples(three).pipe(toArray()))
  expect(all.map(({ index, label }) => [index, label])).toEqual([
    [0, 7],
    [1, 8],
    [2, 9],
  ])
})

it('reads the source again for every subscription', async () => {
  const source = samples(three)
  expect(await lastValueFrom(source.pipe(toArray()))).toHaveLength(3)
  expect(await lastValueFrom(source.pipe(toArray()))).toHaveLength(3)
})

it('pulls the next sample only when the one before is dealt with', async () => {
  let inFlight = 0
  let most = 0
  const counting: Opener = async function* (signal) {
    for await (const sample of three(signal)) {
      most = Math.max(most, ++inFlight)
      yield sample
    }
  }
  await lastValueFrom(samples(counting).pipe(map(() => inFlight--)))
  expect(most).toBe(1)
})

it('lets go of the source when nobody listens any more', async () => {
  let cleaned: unknown
  const endless: Opener = async function* (signal) {
    try {
      for (let index = 0; ; index++) yield { index, inputs: [] }
    } finally {
      cleaned = signal.aborted
    }
  }
  expect(await lastValueFrom(samples(endless).pipe(take(2), toArray()))).toHaveLength(2)
  await new Promise((resolve) => setTimeout(resolve))
  expect(cleaned).toBe(true)
})

it('aborts an opener that is waiting', async () => {
  let reason: unknown
  const waiting: Opener = async function* (signal) {
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
    yield { index: 0, inputs: [] }
  }
  const subscription = samples((signal) => {
    signal.addEventListener('abort', () => (reason = signal.reason))
    return waiting(signal)
  }).subscribe()
  subscription.unsubscribe()
  expect(String(reason)).toBe('Error: the samples are no longer needed')
  await new Promise((resolve) => setTimeout(resolve))
})

describe('abort', () => {
  it('is an error, not an early end', async () => {
    const controller = new AbortController()
    const seen: Sample[] = []
    const reading = lastValueFrom(
      samples(three, { signal: controller.signal }).pipe(
        map((sample) => {
          seen.push(sample)
          if (sample.index === 1) controller.abort(new Error('the user stopped it'))
          return sample
        }),
      ),
    )
    await expect(reading).rejects.toThrow('the user stopped it')
    expect(seen).toHaveLength(2)
  })

  it('tells the opener why', () => {
    const controller = new AbortController()
    let told: unknown
    const listening: Opener = (signal) => {
      signal.addEventListener('abort', () => (told = signal.reason))
      return three(signal)
    }
    const reason = new Error('the user stopped it')
    samples(listening, { signal: controller.signal }).subscribe({ error: () => undefined })
    controller.abort(reason)
    expect(told).toBe(reason)
  })

  it('before the start opens nothing', async () => {
    const opener: Opener = () => {
      throw new Error('opened')
    }
    const reading = lastValueFrom(samples(opener, { signal: AbortSignal.abort(new Error('stopped')) }))
    await expect(reading).rejects.toThrow('stopped')
  })
})

it('passes the errors of a source on', async () => {
  const broken: Opener = async function* () {
    throw new Error('no such bucket')
  }
  await expect(lastValueFrom(samples(broken))).rejects.toThrow('no such bucket')
})

it.each([NaN, Infinity])('refuses %d in a sample, naming where', async (value) => {
  const source = fromArrays({ inputs: [Float32Array.of(1, 2), Float32Array.of(1, value)], shape: [2] })
  await expect(lastValueFrom(samples(source))).rejects.toThrow(
    `[data] "sample 1, input 0": got ${value} at position 1, expected finite values. Remove or repair the sample`,
  )
})
