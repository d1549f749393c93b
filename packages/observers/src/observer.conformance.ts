import { checkedScan, plainPasses, seededRandom } from '@quantrx/core'
import type { MergeableObserver, TensorObserver, ValueScan } from '@quantrx/core'
import { describe, expect, it } from 'vitest'

const tensor = { subgraph: 0, index: 3, name: 'x', shape: [1, 64], channelAxis: 1 }

/** Seeded samples with everything that float32 has to offer between them. */
function exampleSamples(count: number): Float32Array[] {
  const random = seededRandom(count)
  const extremes = [0, -0, 3.4e38, -3.4e38, 1e-45, -1e-45, 2 ** -130, 1, -1, 6]
  return Array.from({ length: count }, (_, at) => {
    const scale = 2 ** (random.integer(40) - 20)
    const values = Float32Array.from({ length: 64 }, () => random.normal() * scale)
    if (at % 7 === 3) values[5] = extremes[random.integer(extremes.length)]!
    if (at % 11 === 4) values.fill(0)
    return values
  })
}

/** A scan that goes through the values from the end: the owner of their memory may take any order. */
function scanBackwards(values: Float32Array): ValueScan {
  return checkedScan({ ...plainPasses(values.slice().reverse()), values })
}

type AnyObserver<State, Result> = TensorObserver<State, Result> | MergeableObserver<State, Result>

/** What every observer must keep; the test of each calls it. */
export function observerConformance<State, Result>(
  name: string,
  factory: () => AnyObserver<State, Result>,
): void {
  const scanning = (): AnyObserver<State, Result> => {
    const observer = factory()
    return {
      ...observer,
      update: (state, values) => observer.update(state, values, scanBackwards(values)),
    }
  }
  keepsContract(`observer ${name}, given values alone,`, factory)
  keepsContract(`observer ${name}, given a scan,`, scanning)

  it(`observer ${name} has the same state with scans as without`, () => {
    const [plain, scanned] = [factory, scanning].map((make) => {
      const observer = make()
      const state = observer.init(tensor)
      for (const values of exampleSamples(40)) observer.update(state, values)
      return JSON.stringify(state)
    })
    expect(scanned).toBe(plain)
  })
}

function keepsContract<State, Result>(title: string, factory: () => AnyObserver<State, Result>): void {
  const run = (samples: readonly Float32Array[]): State => {
    const observer = factory()
    const state = observer.init(tensor)
    for (const values of samples) observer.update(state, values)
    return state
  }
  const finish = (state: State): string => JSON.stringify(factory().finish(state))

  describe(`${title} keeps the contract`, () => {
    const samples = exampleSamples(80)

    it('is called what it says', () => expect(factory().name).toMatch(/^[a-z][a-z0-9-]*(:[\d.]+)?$/))

    it('shares no memory between states', () => {
      const untouched = JSON.stringify(factory().init(tensor))
      run(samples)
      expect(JSON.stringify(factory().init(tensor))).toBe(untouched)
    })

    it('keeps its state through JSON, half way too', () => {
      const observer = factory()
      const state = JSON.parse(JSON.stringify(run(samples.slice(0, 40)))) as State
      for (const values of samples.slice(40)) observer.update(state, values)
      expect(finish(state)).toBe(finish(run(samples)))
    })

    it('neither keeps nor alters the values', () => {
      const observer = factory()
      const state = observer.init(tensor)
      const values = samples[0]!.slice()
      observer.update(state, values)
      expect(values).toEqual(samples[0])
      const before = finish(state)
      values.fill(12345)
      expect(finish(state)).toBe(before)
    })

    it('is asked half way without losing anything', () => {
      const state = run(samples)
      const before = JSON.stringify(state)
      expect(finish(state)).toBe(finish(state))
      expect(JSON.stringify(state)).toBe(before)
    })

    it.each([NaN, Infinity, -Infinity])('refuses %d', (value) => {
      const observer = factory()
      expect(() => observer.update(observer.init(tensor), Float32Array.of(1, value, 2))).toThrow(
        `${value} at position 1, expected finite values`,
      )
    })

    it('has no result without values', () => {
      const observer = factory()
      expect(() => observer.finish(observer.init(tensor))).toThrow('got no values')
      const state = observer.init(tensor)
      observer.update(state, new Float32Array())
      expect(() => observer.finish(state)).toThrow('got no values')
    })

    const observer = factory()
    if (!('merge' in observer)) return
    const { merge } = observer

    it.each([2, 3, 7])('gives the same bytes for %i merged parts as for one pass', (parts) => {
      const states = Array.from({ length: parts }, (_, part) =>
        run(samples.filter((_values, at) => at % parts === part)),
      )
      expect(finish(states.reduce(merge))).toBe(finish(run(samples)))
      expect(JSON.stringify(states.reduce(merge))).toBe(JSON.stringify(run(samples)))
    })

    it('does not care for the order of the samples', () => {
      expect(finish(run([...samples].reverse()))).toBe(finish(run(samples)))
    })

    it('alters neither side of a merge, nor shares memory with it', () => {
      const [a, b] = [run(samples.slice(0, 20)), run(samples.slice(20))]
      const before = JSON.stringify([a, b])
      factory().update(merge(a, b), samples[3]!)
      expect(JSON.stringify([a, b])).toBe(before)
    })

    it('merges with a state that has seen nothing', () => {
      const state = run(samples)
      expect(JSON.stringify(merge(observer.init(tensor), state))).toBe(JSON.stringify(state))
      expect(JSON.stringify(merge(state, observer.init(tensor)))).toBe(JSON.stringify(state))
    })
  })
}
