import type { Model } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { exampleNetwork } from '../graph/example-network.conformance.ts'
import { startBatch } from '../graph/sample-batch.ts'
import { mainGraph } from '../graph/slice-operators.ts'
import { sharesState } from './shares-state.ts'

const plain = exampleNetwork()

/** The example with another operand for its first `count` operators. */
function withOperand(index: number, count: number): Model {
  const operators = mainGraph(plain).operators!.map((each, at) =>
    at < count ? { ...each, inputs: [...each.inputs!, index] } : each,
  )
  const tensors = mainGraph(plain).tensors!.map((tensor, at) =>
    at === index ? { ...tensor, isVariable: true } : tensor,
  )
  return { ...plain, subgraphs: [{ ...mainGraph(plain), operators, tensors }] }
}

it('is true for resource variables, and for a variable of several operators', () => {
  const variable = mainGraph(plain).tensors!.length - 1
  expect([
    sharesState(plain),
    sharesState(withOperand(variable, 1)),
    sharesState(withOperand(variable, 2)),
  ]).toEqual([...[false, false, true]])
  const codes = plain.operatorCodes!.map((code) => ({ ...code, builtinCode: 'READ_VARIABLE' as const }))
  expect(sharesState({ ...plain, operatorCodes: codes })).toBe(true)
})

it('keeps samples from being advanced operator by operator', async () => {
  const shared = withOperand(mainGraph(plain).tensors!.length - 1, 2)
  await expect(startBatch(shared, [])).rejects.toThrow('got operators that share state')
})
