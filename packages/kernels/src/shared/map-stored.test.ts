import { expect, it } from 'vitest'
import { mapStored } from './map-stored.ts'

it('evaluates 8-bit functions once for each value, whatever the number of elements', () => {
  let calls = 0
  const run = mapStored('int8', 'int8', (stored) => {
    calls++
    return stored === -128 ? 127 : -stored
  })
  const output = new Int8Array(1000)
  run(
    Int8Array.from({ length: 1000 }, (_, i) => i - 128),
    output,
  )
  expect(calls).toBe(256)
  expect([...output.subarray(0, 3)]).toEqual([127, 127, 126])
  expect(output[255]).toBe(-127)
})

it('maps uint8, and to another type', () => {
  const output = new Int16Array(3)
  mapStored('uint8', 'int16', (stored) => stored * 100)(Uint8Array.of(0, 200, 255), output)
  expect([...output]).toEqual([0, 20000, 25500])
})

it('maps int16 without a table', () => {
  const output = new Int8Array(2)
  mapStored('int16', 'int8', (stored) => stored >> 8)(Int16Array.of(-32768, 32767), output)
  expect([...output]).toEqual([-128, 127])
})
