import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { dequantize } from './dequantize.ts'

it('DEQUANTIZE reads quantized integers and float16', () => {
  const output = testTensor('float32', [2])
  const stored = testTensor('int8', [2], { scale: 0.5, zeroPoint: 1, values: [1, -128] })
  dequantize.prepare(testContext('DEQUANTIZE', [stored], [output]))()
  expect([...output.data]).toEqual([0, -64.5])
  const half = testTensor('float16', [2], { values: [0x3c00, 0xc000] })
  dequantize.prepare(testContext('DEQUANTIZE', [half], [output]))()
  expect([...output.data]).toEqual([1, -2])
})

it('DEQUANTIZE reads one scale for each channel', () => {
  const output = testTensor('float32', [2, 2])
  const input = {
    ...testTensor('int8', [2, 2], { values: [1, 1, 1, 1] }),
    quantization: { scales: [1, 10], zeroPoints: [0, 0], axis: 1 },
  }
  dequantize.prepare(testContext('DEQUANTIZE', [input], [output]))()
  expect([...output.data]).toEqual([1, 10, 1, 10])
})

it('DEQUANTIZE refuses scales that do not fit the channels, and a tensor without any', () => {
  const output = testTensor('float32', [3])
  const quantization = { scales: [1, 2], zeroPoints: [0, 0], axis: 0 }
  const input = { ...testTensor('int8', [3]), quantization }
  expect(() => dequantize.prepare(testContext('DEQUANTIZE', [input], [output]))).toThrow(
    'got 2 scales along dimension 0 of [3]',
  )
  expect(() => dequantize.prepare(testContext('DEQUANTIZE', [testTensor('int8', [3])], [output]))).toThrow(
    '"DEQUANTIZE',
  )
})
