import type { Tensor } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { checkedQuantization } from './tensor-quantization.ts'

const withZeroPoints = (...zeroPoint: readonly bigint[]): Tensor =>
  ({ type: 'INT8', quantization: { scale: zeroPoint.map(() => 0.5), zeroPoint } }) as unknown as Tensor

it('takes the zero points that a type can hold', () => {
  const extremes = withZeroPoints(-128n, 127n)
  expect(checkedQuantization(extremes, 'int8', 'tensor')?.zeroPoints).toEqual([-128, 127])
  const plain = { type: 'INT8' } as Tensor
  expect(checkedQuantization(plain, 'int8', 'tensor')).toBeUndefined()
})

it('does not care for what is said of real numbers', () => {
  expect(checkedQuantization(withZeroPoints(300n), 'float32', 'tensor')?.zeroPoints).toEqual([300])
})

it.each([
  ['int8', 128n],
  ['int8', -129n],
  ['uint8', -1n],
  ['int16', 32768n],
  ['int32', 9223372036854775807n],
] as const)('refuses a zero point of %s of %d', (type, zeroPoint) => {
  expect(() => checkedQuantization(withZeroPoints(0n, zeroPoint), type, 'subgraphs[0].tensors[3] x')).toThrow(
    `[runtime] "subgraphs[0].tensors[3] x": got the zero point ${Number(zeroPoint)}, expected zero points that ${type}`,
  )
})
