import { seededRandom } from '@quantrx/core'
import { readModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { compile } from '../compile.ts'
import type { RuntimeTensor } from '../operator.ts'
import { recurrentModel, recurrentOperators } from '../oracle/recurrent-operators.conformance.ts'

const kind = 'UNIDIRECTIONAL_SEQUENCE_LSTM'

it('shows cells and what is inside, and computes the same', async () => {
  const seen = new Set<string>()
  for (let seed = 0; seed < 12; seed++) {
    const bytes = recurrentModel({ ...recurrentOperators[kind]!(seededRandom(seed), {}), kind })
    const [plain, watched] = [await compile(readModel(bytes)), await compile(readModel(bytes))]
    const { type, shape, data } = plain.inputs[0]!
    const random = seededRandom(seed)
    const values = Float32Array.from({ length: data.length }, () => random.normal())
    const inputs = [{ type, shape, data: values } as never]
    const shown = new Map<string, RuntimeTensor>()
    for (let call = 0; call < 2; call++) {
      const expected = Array.from(plain.run(inputs)[0]!.data as Float32Array)
      const [output] = watched.run(inputs, (tensor) => shown.set(tensor.name, tensor))
      expect(Array.from(output!.data as Float32Array)).toEqual(expected)
    }
    const [, cell] = watched.variables
    const states = cell!.data as Float32Array
    const steps = shown.get(cell!.name)!.data as Float32Array
    // Every cell ends as what is seen of it last, in whatever order steps and samples of a batch go.
    for (const state of states) expect(steps).toContain(state)
    for (const name of shown.keys()) seen.add(name.split('/')[1] ?? '')
  }
  expect([...seen].sort()).toEqual([
    ...['', 'cell gate', 'forget gate', 'hidden', 'input gate', 'output gate'],
  ])
})
