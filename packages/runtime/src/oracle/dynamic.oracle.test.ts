import { seededRandom, viewBytes } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import { describeWithTfLite22, openTfLite22 } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
import type { BuiltinOperator } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { compile } from '../compile.ts'
import { dynamicOperators } from './folding-operators.conformance.ts'
import { randomInputs, randomModel, shuffled } from './random-operators.conformance.ts'
import type { RandomOperator } from './random-operators.conformance.ts'

/** What a model gives here and in TensorFlow Lite, each output as a list. */
async function runBoth(drawn: RandomOperator, given: readonly Uint8Array[] | undefined, seed: number) {
  const bytes = randomModel(drawn)
  const oracle = await openTfLite22(bytes)
  const inputs = given ?? randomInputs(drawn, oracle.inputs, seededRandom(seed))
  const program = await compile(readModel(bytes))
  const expected = await oracle.run(inputs)
  oracle.close()
  const outputs = program.run(
    program.inputs.map(
      ({ type, shape }, at) => ({ type, shape, data: viewBytes(type, inputs[at]!) }) as Tensor,
    ),
  )
  const listOf = (data: ArrayLike<number | bigint>): readonly number[] => Array.from(data, Number)
  return outputs.map(({ type, data }, at) => [listOf(data), listOf(viewBytes(type, expected[at]!))] as const)
}

describeWithTfLite22('operators whose outputs have shapes that are known when they run', () => {
  it.each(Object.keys(dynamicOperators))('%s of random shapes agrees with TensorFlow Lite', async (kind) => {
    const random = seededRandom(29)
    for (let round = 0; round < 8; round++) {
      const drawn = { kind: kind as BuiltinOperator, ...dynamicOperators[kind]!(random) }
      for (const [here, there] of await runBoth(drawn, undefined, round)) {
        expect(here).toHaveLength(there.length)
        here.forEach((value, at) => expect(value).toBeCloseTo(there[at]!, 4))
      }
    }
  })

  it.each(['INT32', 'INT64'] as const)(
    'UNIQUE with indices of %s agrees with TensorFlow Lite',
    async (idxOutType) => {
      const drawn: RandomOperator = {
        kind: 'UNIQUE',
        operands: [{ kind: 'activation', shape: [9] }],
        options: { kind: 'UniqueOptions', idxOutType },
        outputs: [{ shape: [4] }, { shape: [9], type: idxOutType }],
      }
      for (let seed = 0; seed < 3; seed++) {
        const order = shuffled(seededRandom(seed), 9)
        const input = Float32Array.from(order, (at) => [0.5, -1, 7, 0][at % 4]!)
        for (const [here, there] of await runBoth(drawn, [new Uint8Array(input.buffer)], seed))
          expect(here).toEqual(there)
      }
    },
  )
})
