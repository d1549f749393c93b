import type { Calibration } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import type { Plan } from './plan/plan.ts'

/**
 * Decides which tensor of a model gets which parameters. Pure: the same model and calibration give the same plan, which is
 * plain data; `quantizeModel` carries it out.
 */
export interface Scheme {
  /** Kebab-case name. */
  readonly name: string
  /** False for schemes that look at weights alone, whose calibration may be empty. */
  readonly needsCalibration: boolean
  /**
   * @throws StageError when the calibration belongs to another model.
   * @throws UsageError when nothing in the model can be quantized.
   */
  plan(model: Model, calibration: Calibration): Plan
}
