import { expect, it } from 'vitest'
import { broadcastRows } from '../../shared/broadcast.ts'
import { subFloat32, subInt32, subInteger } from './sub.ts'

const rows = broadcastRows([2], [2])
const range = { min: -128, max: 127 }

it('sub computes a - b on every type', () => {
  const floats = new Float32Array(2)
  subFloat32({ rows, range })(Float32Array.of(10, 20), Float32Array.of(3, 4), floats)
  expect([...floats]).toEqual([7, 16])
  const integers = new Int32Array(2)
  subInt32({ rows, range })(Int32Array.of(10, 20), Int32Array.of(3, 4), integers)
  expect([...integers]).toEqual([7, 16])
  const scale = { scale: 0.5, zeroPoint: 0 }
  const stored = new Uint8Array(2)
  const kernel = subInteger({
    arithmetic: 'tflite',
    type: 'uint8',
    a: scale,
    b: scale,
    output: scale,
    rows,
    range: { min: 0, max: 255 },
  })
  kernel(Uint8Array.of(10, 20), Uint8Array.of(3, 4), stored)
  expect([...stored]).toEqual([7, 16])
})
