import { expect, it } from 'vitest'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { concatenation } from './concatenation.ts'

it('CONCATENATION counts a negative axis from the end', () => {
  const output = testTensor('int64', [2, 3])
  const inputs = [
    testTensor('int64', [2, 1], { values: [1, 2] }),
    testTensor('int64', [2, 2], { values: [3, 4, 5, 6] }),
  ]
  concatenation.prepare(testContext('CONCATENATION', inputs, [output], { axis: -1 }))()
  expect([...output.data]).toEqual([1n, 3n, 4n, 2n, 5n, 6n])
})

it('CONCATENATION refuses scales that differ, naming the input', () => {
  const inputs = [testTensor('int8', [1], { scale: 0.5 }), testTensor('int8', [1], { scale: 0.25 })]
  const output = testTensor('int8', [2], { scale: 0.5 })
  expect(() => concatenation.prepare(testContext('CONCATENATION', inputs, [output]))).toThrow(
    '"CONCATENATION, tensor int8 tensor": got scale 0.25 and zero point 0, expected that of the output, scale 0.5',
  )
})

it('CONCATENATION refuses fused activations', () => {
  const tensor = testTensor('float32', [1])
  const context = testContext('CONCATENATION', [tensor], [tensor], { fusedActivationFunction: 'RELU' })
  expect(() => concatenation.prepare(context)).toThrow('got fused activation RELU, expected NONE')
})

it.each([2, -3, 0])('CONCATENATION refuses shapes that do not join along axis %d', (axis) => {
  const inputs = [testTensor('float32', [2, 1]), testTensor('float32', [2, 2])]
  const context = testContext('CONCATENATION', inputs, [testTensor('float32', [2, 3])], { axis })
  expect(() => concatenation.prepare(context)).toThrow('got shapes [2, 1], [2, 2] along axis')
})
