import { isQuantrxError } from '@quantrx/core'
import { compile } from '@quantrx/runtime/run'
import type { RunOptions } from '@quantrx/runtime/run'
import type { Model } from '@quantrx/tflite'
import { settledShapes } from './settled-shapes.ts'
import type { SettledShapes } from './settled-shapes.ts'

/** Memory for the activations of a model, and for what its kernels need besides. */
export interface PlannedMemory {
  /** Bytes of the whole; null when the model does not run. */
  readonly arenaBytes: number | null
  /** Most bytes that are needed at one moment: no plan can do with less. */
  readonly liveBytes: number | null
  /** Why the model does not run. */
  readonly cannotRun?: string
}

/** What only a compiled model tells. */
export interface PlannedModel {
  readonly memory: PlannedMemory
  /** Undefined when the model does not run. */
  readonly shapes?: SettledShapes
}

/** How much memory a model takes when it runs and which shapes its tensors have then, or why it does not run. */
export async function plannedModel(
  model: Model,
  options: Pick<RunOptions, 'customOperators'> = {},
): Promise<PlannedModel> {
  try {
    const program = await compile(model, options)
    program.close()
    const { arenaBytes, liveBytes } = program
    return { memory: { arenaBytes, liveBytes }, shapes: settledShapes(program) }
  } catch (error) {
    if (!isQuantrxError(error)) throw error
    return { memory: { arenaBytes: null, liveBytes: null, cannotRun: error.message } }
  }
}
