import { ShapeError } from '@quantrx/core'
import { expect, it } from 'vitest'
import { compile } from './compile.ts'
import { namingOperator } from './naming-operator.ts'
import { tinyModel } from './tiny-model.conformance.ts'

it('says which operator of a model a kernel refuses, and what to do', async () => {
  const tensors = ['a', 'b', 'c'].map((name) => ({ name, shape: [1, 2] }))
  const activation = { kind: 'AddOptions', fusedActivationFunction: 'TANH', potScaleInt16: true } as const
  const model = tinyModel(
    tensors,
    [
      { kind: 'RELU', inputs: [0], outputs: [1] },
      { kind: 'ADD', inputs: [0, 1], outputs: [2], options: activation },
    ],
    [0],
    [2],
  )
  await expect(compile(model)).rejects.toThrow(
    '[kernels] "operators[1] ADD, fused activation": got TANH, expected one of NONE, RELU, RELU_N1_TO_1, RELU6. Change the operator',
  )
})

it('keeps the class of an error, its advice, and a path that is there', () => {
  const details = { stage: 'runtime', subject: 'ADD', found: 'a', expected: 'b', nextStep: 'Do c' } as const
  const failing = (subject: string) => () =>
    namingOperator({ path: 'operators[4]', kind: 'ADD' }, () => {
      throw new ShapeError({ ...details, subject })
    })
  expect(failing('ADD')).toThrow(new ShapeError({ ...details, subject: 'operators[4] ADD' }))
  expect(failing('ADD')).toThrow(ShapeError)
  expect(failing('operators[0].inputs[1]')).toThrow('"operators[0].inputs[1]": got a')
})
