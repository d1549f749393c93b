import { optionsOf } from '@quantrx/tflite'
import { symmetricParameters } from '../parameters/activation.ts'
import { biasScales } from '../parameters/bias.ts'
import { largestMagnitudes } from '../parameters/symmetric.ts'
import { integerWeights, stored, symmetric } from '../plan/operator-weights.ts'
import { innerObstacle, notCalibrated } from './inner-rule.ts'
import type { InnerFacts, InnerParameters } from './inner-rule.ts'

const [features, time, bias, state] = [1, 2, 3, 4]
/** Weights of time use 10 bits, so that their sums with int16 states fit into 32. */
const largestTimeLevel = 512

/**
 * SVDF with int8 features, int16 weights of time, an int16 state, and a bias of their scale. Follows TensorFlow Lite's table
 * of operator properties (spec section 5).
 */
export function svdfInside(facts: InnerFacts): InnerParameters {
  const { graph, operator, rangeOf } = facts
  const { inputs = [] } = operator
  const hasBias = (inputs[bias] ?? -1) >= 0
  const { fusedActivationFunction } = optionsOf(operator, 'SVDF')
  if (fusedActivationFunction !== 'RELU')
    return { kind: 'float', reason: `the integer kernel has no fused activation ${fusedActivationFunction}` }
  const reason = innerObstacle(facts, [features, time, ...(hasBias ? [bias] : [])], [state])
  if (reason !== undefined) return { kind: 'float', reason }
  const range = rangeOf(inputs[state]!)
  if (range === undefined) return notCalibrated
  const remembered = symmetricParameters(range)
  const values = graph.floatConstant(inputs[time]!)!
  const [largest = 0] = largestMagnitudes({ values, shape: [values.length], axis: undefined })
  const timeScale = largest === 0 ? 1 : Math.fround(largest / largestTimeLevel)
  return {
    kind: 'integer',
    operands: {
      [features]: integerWeights(graph, inputs[features]!, 0, {
        bits: 8,
        granularity: { kind: 'tensor' },
      }),
      [time]: symmetric('int16', [timeScale], 0),
      ...(hasBias ? { [bias]: symmetric('int32', biasScales(timeScale, [remembered.scale]), 0) } : {}),
      [state]: stored(remembered, 'int16'),
    },
  }
}
