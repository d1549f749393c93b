import { scanValues, seededRandom } from '@quantrx/core'
import type { Activation, Sample, ValueScan } from '@quantrx/core'
import { from, lastValueFrom, map, of, take, toArray } from 'rxjs'
import { expect, it } from 'vitest'
import { infer } from './infer.ts'
import { tinyModel } from './tiny-model.conformance.ts'

const two = (name: string) => ({ name, shape: [1, 2] })
const model = tinyModel(
  [two('x'), two('middle'), two('y')],
  [
    { kind: 'RELU', inputs: [0], outputs: [1] },
    { kind: 'RELU6', inputs: [1], outputs: [2] },
  ],
  [0],
  [2],
)

const random = seededRandom(1)
const normal = (): number => random.normal()

const sample = (index: number, ...values: number[]): Sample => ({
  index,
  inputs: [{ type: 'float32', shape: [values.length], data: Float32Array.from(values) }],
})

const kept = ({ sample: index, tensor, values }: Activation) => [index, tensor.name, Array.from(values)]

it('emits the float tensors of every sample, inputs first', async () => {
  const emitted = await lastValueFrom(
    of(sample(4, -1, 9), sample(5, 2, 3)).pipe(infer(model), map(kept), toArray()),
  )
  expect(emitted).toEqual([
    [4, 'x', [-1, 9]],
    [4, 'middle', [0, 9]],
    [4, 'y', [0, 6]],
    [5, 'x', [2, 3]],
    [5, 'middle', [2, 3]],
    [5, 'y', [2, 3]],
  ])
})

it('describes tensors by subgraph, index and channels', async () => {
  const [first] = await lastValueFrom(of(sample(0, 1, 2)).pipe(infer(model), toArray()))
  expect(first?.tensor).toEqual({ subgraph: 0, index: 0, name: 'x', shape: [1, 2], channelAxis: 1 })
})

it('emits views on live memory', async () => {
  const emitted = await lastValueFrom(of(sample(0, 1, 2), sample(1, 3, 4)).pipe(infer(model), toArray()))
  expect(Array.from(emitted[0]!.values)).toEqual([3, 4])
})

/** What scans are for, as text. */
function seenBy(scan: ValueScan): string {
  const counts = Array.from({ length: 64 }, () => 0)
  scan.countBins(0, counts)
  return JSON.stringify([scan.extremes(), counts])
}

it.each(['auto', 'reference'] as const)(
  'brings scans of what it emits, computed by %s',
  async (innerLoop) => {
    const size = 40
    const wide = (name: string) => ({ name, shape: [1, size] })
    const convolved = tinyModel(
      [
        wide('x'),
        { name: 'weights', shape: [size, size], data: Float32Array.from({ length: size * size }, normal) },
        { name: 'bias', shape: [size], data: Float32Array.from({ length: size }, normal) },
        wide('middle'),
        wide('y'),
      ],
      [
        { kind: 'FULLY_CONNECTED', inputs: [0, 1, 2], outputs: [3] },
        { kind: 'RELU', inputs: [3], outputs: [4] },
      ],
      [0],
      [4],
    )
    const samples = [0, 1, 2].map((index) => sample(index, ...Array.from({ length: size }, normal)))
    const looked = from(samples).pipe(
      infer(convolved, { innerLoop }),
      map(({ values, scan }) => [seenBy(scan!), seenBy(scanValues(values.slice())), scan!.values === values]),
      toArray(),
    )
    const results = await lastValueFrom(looked)
    expect(results.map(([scanned, , same]) => [scanned, same])).toEqual(
      results.map(([, plain]) => [plain, true]),
    )
    expect(new Set(results.map(([scanned]) => scanned)).size).toBe(9)
  },
)

it('stops when nobody listens any more', async () => {
  const emitted = await lastValueFrom(
    of(sample(0, 1, 2), sample(1, 3, 4)).pipe(infer(model), take(2), toArray()),
  )
  expect(emitted).toHaveLength(2)
})

it('names the sample that cannot be run', async () => {
  const running = lastValueFrom(of(sample(0, 1, 2), sample(1, 3)).pipe(infer(model)))
  await expect(running).rejects.toThrow(
    '[infer] "sample 1": got [infer] "x": got a sample of shape [1] with 1 values',
  )
})

it('takes one sample at a time from a source, where the first of them decides the sizes', async () => {
  const open = {
    ...model,
    subgraphs: [
      {
        ...model.subgraphs![0]!,
        tensors: model.subgraphs![0]!.tensors!.map((tensor) => ({ ...tensor, shapeSignature: [-1, 2] })),
      },
    ],
  }
  let given = 0
  async function* source(): AsyncGenerator<Sample> {
    while (given < 50)
      yield { index: given++, inputs: [{ type: 'float32', shape: [3, 2], data: new Float32Array(6) }] }
  }
  const ahead = await lastValueFrom(
    from(source()).pipe(
      infer(open),
      map(({ sample: index }) => given - index),
      toArray(),
    ),
  )
  expect(ahead).toEqual(Array.from({ length: 150 }, () => 1))
})

it('refuses a model without float tensors', async () => {
  const tensors = [two('x'), two('y')].map((tensor) => ({ ...tensor, type: 'INT8' as const, scale: 1 }))
  const integer = tinyModel(tensors, [{ kind: 'RELU', inputs: [0], outputs: [1] }], [0], [1])
  await expect(lastValueFrom(of(sample(0, 1, 2)).pipe(infer(integer)))).rejects.toThrow(
    '[infer] "model": got no float32 tensor, expected a float model',
  )
})

it('emits the largest finite numbers where padding is infinite, so that observers have a range', async () => {
  const padded = tinyModel(
    [
      two('x'),
      { name: 'amounts', shape: [2, 2], type: 'INT32', data: Int32Array.of(0, 0, 1, 0) },
      { name: 'padding', shape: [], data: Float32Array.of(-Infinity) },
      { name: 'y', shape: [1, 3] },
    ],
    [{ kind: 'PADV2', inputs: [0, 1, 2], outputs: [3] }],
    [0],
    [3],
  )
  const emitted = await lastValueFrom(of(sample(0, 1, -2)).pipe(infer(padded), map(kept), toArray()))
  expect(emitted.at(-1)).toEqual([0, 'y', [-3.4028234663852886e38, 1, -2]])
})
