import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { logistic } from './logistic.ts'

it('LOGISTIC takes int8 and uint8', () => {
  for (const [type, zeroPoint] of [
    ['int8', -128],
    ['uint8', 0],
  ] as const) {
    const output = testTensor(type, [2], { scale: 1 / 256, zeroPoint })
    const input = testTensor(type, [2], { scale: 0.5, zeroPoint: 10, values: [10, 12] })
    logistic.prepare(testContext('LOGISTIC', [input], [output]))()
    expect([...output.data]).toEqual([128 + zeroPoint, 187 + zeroPoint])
  }
})

it('LOGISTIC refuses other types, naming what is supported', () => {
  const tensor = testTensor('int32', [2], { scale: 1 })
  expect(() => logistic.prepare(testContext('LOGISTIC', [tensor], [tensor]))).toThrow(
    '"LOGISTIC": got inputs of type int32 and outputs of type int32, expected one of float32; int8; uint8',
  )
})

it('LOGISTIC refuses an output of another size', () => {
  const context = testContext('LOGISTIC', [testTensor('float32', [2, 3])], [testTensor('float32', [5])])
  expect(() => logistic.prepare(context)).toThrow('got input shape [2, 3] and output shape [5]')
})
