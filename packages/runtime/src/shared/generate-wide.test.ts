import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { fullyConnected } from '../ops/fully-connected.ts'
import { testContext, testTensor } from './operator-context.conformance.ts'
import { runGenerated } from './run-generated.conformance.ts'

const options = { innerLoop: 'i16', floatProducts: 'exact' } as const

/** FULLY_CONNECTED of int16 activations whose outputs spread over their range, in each arithmetic as steps and generated code give them. */
function outputsOf(arithmetic: 'tflite' | 'xnnpack') {
  const random = seededRandom(3)
  const [rows, depth, units] = [2, 24, 400]
  const integers = (count: number, largest: number): number[] =>
    Array.from({ length: count }, () => random.integer(2 * largest + 1) - largest)
  const input = testTensor('int16', [rows, depth], { scale: 2 ** -12, values: integers(rows * depth, 32767) })
  const constant = { constant: true, zeroPoint: 0 }
  const weights = testTensor('int8', [units, depth], {
    ...{ ...constant, scale: 0.003, values: integers(units * depth, 127) },
  })
  const output = testTensor('int16', [rows, units], { scale: 2 ** -11 })
  const context = {
    ...testContext('FULLY_CONNECTED', [input, weights, undefined], [output]),
    arithmetic,
  }
  fullyConnected.prepare(context)()
  const byStep = [...output.data]
  output.data.fill(0)
  runGenerated(fullyConnected.generate!(context, options)!)
  return { byStep, generated: [...output.data] }
}

it('scales int16 FULLY_CONNECTED by integers or by float64, as the arithmetic does, in generated code, too', () => {
  const [integers, floats] = [outputsOf('tflite'), outputsOf('xnnpack')]
  expect(integers.generated).toEqual(integers.byStep)
  expect(floats.generated).toEqual(floats.byStep)
  // A multiplier of 16 bits against one of 53: some outputs are not the same.
  expect(floats.byStep).not.toEqual(integers.byStep)
})
