import { seededRandom } from '@quantrx/core'
import { readModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { fuzzCase } from './fuzz-case.ts'
import { mutateModel } from './mutate/model.ts'
import { mutateBytes } from './mutate/bytes.ts'
import { prepare, seeds } from './seeds.ts'
import { runTarget, targetNames } from './targets.ts'

const [demo] = seeds()
const prepared = prepare(demo!)

it('makes the same case of the same numbers, whatever came before', () => {
  const all = [demo!]
  const once = fuzzCase(all, 'compile', 1, 5)
  expect(fuzzCase(all, 'compile', 1, 6).file).not.toEqual(once.file)
  expect(fuzzCase(all, 'compile', 1, 5)).toEqual(once)
  expect(fuzzCase(all, 'compile', 2, 5).file).not.toEqual(once.file)
})

it('knows every table of a model, and where every number of the structure stands', () => {
  const tables = new Set(prepared.places.map(({ table }) => table))
  for (const table of ['Model', 'SubGraph', 'Tensor', 'Operator', 'Buffer', 'Conv2DOptions']) {
    expect(tables).toContain(table)
  }
  const kinds = new Set(prepared.positions.map(({ what }) => what))
  expect([...kinds].sort()).toEqual(['length', 'offset', 'scalar', 'slot', 'tag', 'vtable'])
})

it('alters neither the model nor the file that it mutates', () => {
  const before = prepared.bytes.slice()
  for (let round = 0; round < 50; round++) {
    mutateModel(prepared, seededRandom(round))
    mutateBytes(prepared, seededRandom(round))
  }
  expect(prepared.bytes).toEqual(before)
  expect(readModel(demo!.file)).toEqual(prepared.model)
})

it('takes sound files and refuses what is none', async () => {
  for (const target of targetNames) {
    expect(await runTarget(target, demo!.file)).toBe('done')
    expect(await runTarget(target, Uint8Array.of(1, 2, 3))).toBe('refused')
  }
})
