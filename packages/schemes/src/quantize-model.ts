import type { Calibration } from '@quantrx/core'
import { operatorKind, quantizationOf } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import type { Candidate, FloatOperator, ParameterEntry } from './candidate.ts'
import { floatConstants } from './float-constants/float-constants.ts'
import type { Plan } from './plan/plan.ts'
import { rewrite } from './rewrite/rewrite.ts'
import type { Scheme } from './scheme.ts'

/**
 * Quantizes a model by a calibration; the pure function under `quantize`. The model is not altered. Its weights may be stored
 * in float16, in 8 bits beside float activations, or sparse: they count as the real numbers that they stand for.
 *
 * @throws StageError when the calibration belongs to another model.
 * @throws UsageError when nothing in the model can be quantized.
 *
 * @example
 * const { model: integer, floatOperators } = quantizeModel(model, calibration, int8())
 */
export function quantizeModel<Strategy extends string>(
  model: Model,
  calibration: Calibration<Strategy>,
  scheme: Scheme,
): Candidate<Strategy> {
  const { model: float, sourceIndex } = floatConstants(model)
  const plan = scheme.plan(float, calibration)
  const { model: quantized } = rewrite(float, plan)
  return {
    kind: 'candidate',
    strategy: calibration.strategy,
    scheme: scheme.name,
    observer: calibration.observer,
    samples: calibration.samples,
    source: model,
    model: quantized,
    parameters: parametersOf(quantized),
    floatOperators: floatOperatorsOf(float, plan).map((operator) => ({
      ...operator,
      index: sourceIndex(operator.subgraph, operator.index),
    })),
  }
}

function parametersOf(model: Model): readonly ParameterEntry[] {
  return (model.subgraphs ?? []).flatMap(({ tensors = [] }, subgraph) =>
    tensors.flatMap((tensor, index) => {
      const quantization = quantizationOf(tensor)
      if (quantization === undefined) return []
      return [{ subgraph, index, name: tensor.name ?? '', type: tensor.type, ...quantization }]
    }),
  )
}

function floatOperatorsOf(model: Model, plan: Plan): readonly FloatOperator[] {
  return plan.subgraphs.flatMap(({ subgraph, operators }) =>
    operators.flatMap(({ index, floatReason: reason }) => {
      const operator = model.subgraphs?.[subgraph]?.operators?.[index]
      if (operator === undefined || reason === undefined) return []
      return [{ subgraph, index, kind: operatorKind(model, operator), reason }]
    }),
  )
}
