import { expect, it } from 'vitest'
import { allocate, bytesPerElement, dataTypes, viewBytes } from './data-type.ts'

it('allocates zeros of every type', () => {
  for (const type of dataTypes) {
    const array = allocate(type, 3)
    expect(array.length).toBe(3)
    expect(array.byteLength).toBe(3 * bytesPerElement(type))
    expect(Number(array[0])).toBe(0)
  }
})

it('views aligned bytes and copies others', () => {
  const bytes = new Uint8Array(16)
  new DataView(bytes.buffer).setFloat32(4, 1.5, true)
  const view = viewBytes('float32', bytes.subarray(4, 12))
  expect(view[0]).toBe(1.5)
  expect(view.buffer).toBe(bytes.buffer)
  const copy = viewBytes('float32', bytes.subarray(3, 11))
  expect(copy).toHaveLength(2)
  expect(copy.buffer).not.toBe(bytes.buffer)
})

it('leaves out bytes that fill no element', () => {
  expect(viewBytes('int32', new Uint8Array(7))).toHaveLength(1)
})
