import { compile } from '@quantrx/runtime'
import { expect, it } from 'vitest'
import { exampleCandidate, exampleModel } from './example.conformance.ts'
import { exposeLogits, representableRange } from './logits.ts'

const namesOf = async (model: ReturnType<typeof exampleModel>) =>
  (await compile(model)).outputs.map(({ name, type }) => `${name} ${type}`)

it('adds what stands before the final softmax, as it is stored', async () => {
  const float = exposeLogits(exampleModel())
  expect([float.outputs, float.logits, await namesOf(float.model)]).toEqual([
    1,
    1,
    ['y float32', 'logits float32'],
  ])
  const integer = exposeLogits(exampleCandidate().model)
  expect(await namesOf(integer.model)).toEqual(['y float32', 'logits int8'])
})

it('takes the first output where there is no softmax', () => {
  const model = exampleModel()
  const [graph] = model.subgraphs!
  const without = {
    ...model,
    subgraphs: [{ ...graph!, operators: graph!.operators!.slice(0, 1), outputs: [2] }],
  }
  expect(exposeLogits(without)).toEqual({ model: without, outputs: 1, logits: 0 })
})

it('tells what an integer tensor can represent', async () => {
  const { outputs } = await compile(exposeLogits(exampleCandidate().model).model)
  const { min, max } = representableRange(outputs[1])!
  expect(max - min).toBeCloseTo(8, 5)
  expect(representableRange(outputs[0])).toBeUndefined()
})
