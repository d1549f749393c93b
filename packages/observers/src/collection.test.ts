import { checkedScan, plainPasses, scanValues, seededRandom } from '@quantrx/core'
import type { Activation, TensorObserver, ValueScan } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { collect, finishCollection, mergeCollections, startCollection } from './collection.ts'
import { minMax } from './observers/min-max.ts'
import { mse } from './observers/mse.ts'
import { percentile } from './observers/percentile.ts'

const observers = { minmax: minMax(), p99: percentile(99) }

/** Activations of two tensors per sample, the one with the higher index first. */
function activationsOf(samples: readonly number[]): Activation[] {
  return samples.flatMap((sample) => {
    const random = seededRandom(sample)
    return [5, 2].map((index) => ({
      sample,
      tensor: { subgraph: 0, index, name: `t${index}`, shape: [32], channelAxis: 0 },
      values: Float32Array.from({ length: 32 }, () => random.normal() * (sample + 1)),
    }))
  })
}

function collected(samples: readonly number[]) {
  const collection = startCollection()
  for (const activation of activationsOf(samples)) collect(observers, collection, activation)
  return collection
}

const all = Array.from({ length: 42 }, (_, at) => at)

it('gives one calibration per strategy, tensors in order', () => {
  const [first, second] = finishCollection(observers, collected(all))
  expect([first?.strategy, first?.observer, second?.strategy]).toEqual(['minmax', 'minmax', 'p99'])
  expect(first?.samples).toBe(42)
  expect(first?.tensors.map(({ index, name }) => [index, name])).toEqual([
    [2, 't2'],
    [5, 't5'],
  ])
})

it.each([2, 3, 7])('gives the same bytes for %i shards as for one pass', (count) => {
  const shards = Array.from({ length: count }, (_, shard) =>
    collected(all.filter((sample) => sample % count === shard)),
  )
  const merged = finishCollection(observers, mergeCollections(observers, shards))
  expect(JSON.stringify(merged)).toBe(JSON.stringify(finishCollection(observers, collected(all))))
})

it('survives JSON half way', () => {
  const collection = JSON.parse(JSON.stringify(collected(all.slice(0, 20)))) as ReturnType<typeof collected>
  for (const activation of activationsOf(all.slice(20))) collect(observers, collection, activation)
  expect(finishCollection(observers, collection)).toEqual(finishCollection(observers, collected(all)))
})

it('fails without samples', () => {
  expect(() => finishCollection(observers, startCollection())).toThrow(
    '[observe] "samples": got no samples, expected at least one. Check the data source and the selected rows',
  )
})

it('names strategy, tensor and sample when an observer fails', () => {
  const broken: TensorObserver<null> = {
    name: 'broken',
    init: () => null,
    update: () => {
      throw new Error('out of order')
    },
    finish: () => ({ min: 0, max: 0 }),
  }
  expect(() => collect({ mine: broken }, startCollection(), activationsOf([9])[0]!)).toThrow(
    '[observe] "strategy mine, tensor t5, sample 9": got Error: out of order',
  )
})

describe('states that observers have in common', () => {
  const strategies = { p99: percentile(99), minmax: minMax(), mse: mse(), p90: percentile(90) }
  const collectAll = (samples: readonly number[], collection = startCollection()) => {
    for (const activation of activationsOf(samples)) collect(strategies, collection, activation)
    return collection
  }
  /** Each strategy by itself, over all samples. */
  const alone = Object.entries(strategies).flatMap(([name, observer]) => {
    const collection = startCollection()
    for (const activation of activationsOf(all)) collect({ [name]: observer }, collection, activation)
    return finishCollection({ [name]: observer }, collection)
  })

  it('are kept once, and give what each observer finds alone', () => {
    const collection = collectAll(all)
    const { p99, mse, p90 } = collection.tensors['0:5']!.states
    expect([mse, p90].every((state) => state === p99)).toBe(true)
    expect(finishCollection(strategies, collection)).toEqual(alone)
  })

  it('are told each value once', () => {
    let counted = 0
    const activation = activationsOf([3])[0]!
    const passes = plainPasses(activation.values)
    const addToBins: typeof passes.addToBins = (...bins) => {
      counted++
      passes.addToBins(...bins)
    }
    collect(strategies, startCollection(), { ...activation, scan: checkedScan({ ...passes, addToBins }) })
    expect(counted).toBe(1)
  })

  it('go on after JSON has made several of them', () => {
    const collection = JSON.parse(JSON.stringify(collectAll(all.slice(0, 20)))) as ReturnType<
      typeof collected
    >
    expect(finishCollection(strategies, collectAll(all.slice(20), collection))).toEqual(alone)
  })

  it('are merged once, whichever side JSON has been to', () => {
    const halves = [all.slice(0, 20), all.slice(20)].map((half) => collectAll(half))
    const merged = mergeCollections(strategies, halves)
    expect(merged.tensors['0:2']!.states['p90']).toBe(merged.tensors['0:2']!.states['p99'])
    const copied = JSON.parse(JSON.stringify(halves[0])) as ReturnType<typeof collected>
    for (const parts of [halves, [copied, halves[1]!], [halves[1]!, copied]])
      expect(finishCollection(strategies, mergeCollections(strategies, parts))).toEqual(alone)
  })
})

describe('scans', () => {
  const seen: (ValueScan | undefined)[] = []
  const watching: TensorObserver<null> = {
    name: 'watching',
    init: () => null,
    update: (_state, _values, scan) => void seen.push(scan),
    finish: () => ({ min: 0, max: 0 }),
  }
  const activation = activationsOf([3])[0]!
  const scansOf = (given: Activation): readonly (ValueScan | undefined)[] => {
    seen.length = 0
    collect({ first: watching, second: watching }, startCollection(), given)
    return seen
  }

  it('reach every observer as the activation brings them', () => {
    const scan = scanValues(activation.values)
    expect(scansOf({ ...activation, scan })).toEqual([scan, scan])
  })

  it('are made once where the activation brings none', () => {
    const [first, second] = scansOf(activation)
    expect(first?.values).toBe(activation.values)
    expect(second).toBe(first)
  })

  it('are made anew for values that someone has replaced', () => {
    const scan = scanValues(activation.values)
    const values = activation.values.map((value) => value * 2)
    expect(scansOf({ ...activation, values, scan })[0]?.values).toBe(values)
  })

  it('look for extremes once, however many observers ask', () => {
    let looks = 0
    const { values } = activation
    const passes = plainPasses(values)
    const findExtremes = () => {
      looks++
      return passes.findExtremes()
    }
    const scan = checkedScan({ ...passes, findExtremes })
    collect(observers, startCollection(), { ...activation, scan })
    expect(looks).toBe(1)
  })
})
