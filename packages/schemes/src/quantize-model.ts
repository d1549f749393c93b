import type { Calibration } from '@quantrx/core'
import { operatorKind, quantizationOf } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import type { Candidate, FloatOperator, ParameterEntry } from './candidate.ts'
import type { Plan } from './plan/plan.ts'
import { quantizableModel } from './quantizable-model.ts'
import { rewrite } from './rewrite/rewrite.ts'
import type { Scheme } from './scheme.ts'

/**
 * Quantizes a model by a calibration; the pure function under `quantize`. The model is not altered. Its weights may be stored
 * in float16, in 8 bits beside float activations, or sparse: they count as the real numbers that they stand for. What quantization-aware
 * training has settled (FAKE_QUANT, or QUANTIZE with a DEQUANTIZE behind it) stays as it is.
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
  return modelQuantizer(model)(calibration, scheme)
}

/**
 * Quantizes one model by many calibrations and schemes: what comes out is what `quantizeModel` makes, but candidates share the memory
 * of weights that are the same, which are quantized once. It holds those weights as long as it is held itself.
 *
 * @returns a function that takes a calibration and a scheme, and throws as `quantizeModel` does.
 *
 * @example
 * const quantizeBy = modelQuantizer(model)
 * const candidates = calibrations.map((calibration) => quantizeBy(calibration, int8()))
 */
export function modelQuantizer(
  model: Model,
): <Strategy extends string>(calibration: Calibration<Strategy>, scheme: Scheme) => Candidate<Strategy> {
  const { model: float, shared, sourceIndex } = quantizableModel(model)
  return (calibration, scheme) => {
    const plan = scheme.plan(float, calibration, shared)
    const { model: quantized } = rewrite(float, plan, shared)
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
