import { expect, it } from 'vitest'
import { conv2d } from '../ops/conv-2d.ts'
import { testContext, testTensor } from './operator-context.conformance.ts'

const usdot = { innerLoop: 'usdot', floatProducts: 'exact' } as const
const channels = 5
const stored = Array.from({ length: channels * 9 * 4 }, (_, at) => ((at * 37) % 255) - 127)

/** A window of 3 × 3 over 6 × 6 positions, 4 to 5 channels; weights as `stored`, with a zero point that leaves them what they are. */
function packed(
  type: 'int8' | 'uint8',
  zeroPoint: number,
  values = stored.map((value) => value + zeroPoint),
) {
  const scale = { scale: 0.5, zeroPoint: 1 }
  const filter = testTensor(type, [channels, 3, 3, 4], { values, constant: true, scale: 0.25, zeroPoint })
  const [input, output] = [
    testTensor(type, [1, 6, 6, 4], scale),
    testTensor(type, [1, 6, 6, channels], scale),
  ]
  const options = { strideH: 1, strideW: 1 }
  return conv2d.generate!(testContext('CONV_2D', [input, filter, undefined], [output], options), usdot)!
    .kernel
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

it('packs weights as they are stored like those whose zero point has to be subtracted', () => {
  const [asStored, subtracted] = [packed('int8', 0), packed('uint8', 128)]
  expect([asStored.name, subtracted.name]).toEqual(['usdot', 'usdot'])
  expect(bytesOf(asStored.constants[0]!).some((byte) => byte !== 0)).toBe(true)
  expect(bytesOf(asStored.constants[0]!)).toEqual(bytesOf(subtracted.constants[0]!))
})

it('subtracts a zero point of int8 weights', () => {
  const moved = stored.map((value) => Math.min(value, 120))
  const plain = packed('int8', 0, moved)
  expect(
    bytesOf(
      packed(
        'int8',
        7,
        moved.map((value) => value + 7),
      ).constants[0]!,
    ),
  ).toEqual(bytesOf(plain.constants[0]!))
})

it('takes weights that a zero point moves beyond a byte as two bytes, and widens those that not even two hold', () => {
  expect(packed('int8', 100, stored).name).toBe('usdot')
  expect(packed('uint8', 0, stored.map(Math.abs)).name).toBe('usdot')
  const largest = stored.map((value, at) => (at === 5 ? 255 : Math.abs(value)))
  expect(packed('uint8', 0, largest).name).toBe('i16')
})
