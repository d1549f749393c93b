import { withFiniteConstants } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { withoutFakeQuantization } from './fake-quantization/without-fake-quantization.ts'
import { floatConstants } from './float-constants/float-constants.ts'
import { sharedConstants } from './shared-constants.ts'
import type { SharedConstants } from './shared-constants.ts'

/** A float model as schemes plan it, and where its operators stand in the source. */
export interface QuantizableModel {
  readonly model: Model
  /** What is known of its tensors: for `Scheme.plan`. */
  readonly shared: SharedConstants
  /** Position in the source of an operator of the model. */
  sourceIndex(subgraph: number, operator: number): number
}

/**
 * The float model that a file stands for: without what training leaves in it to imitate integers, which is known instead, and with
 * weights as float32 constants, however they are stored, and none that are infinite where operators choose or hide by them. Tensors keep their places, so that a calibration of the source fits.
 *
 * @example
 * const { model: float, shared } = quantizableModel(model)
 * describePlan(float, int8().plan(float, calibration, shared))
 */
export function quantizableModel(source: Model): QuantizableModel {
  const { model: plain, trained, sourceIndex: ofPlain } = withoutFakeQuantization(source)
  const { model: float, sourceIndex: ofFloat } = floatConstants(plain)
  const model = withFiniteConstants(float)
  return {
    ...{ model, shared: sharedConstants(model, trained) },
    sourceIndex: (subgraph, operator) => ofPlain(subgraph, ofFloat(subgraph, operator)),
  }
}
