import { isQuantrxError } from '@quantrx/core'
import { compile } from '@quantrx/runtime/run'
import type { RunOptions } from '@quantrx/runtime/run'
import type { Model } from '@quantrx/tflite'

/** Memory for the activations of a model, and for what its kernels need besides. */
export interface PlannedMemory {
  /** Bytes of the whole; null when the model does not run. */
  readonly arenaBytes: number | null
  /** Most bytes that are needed at one moment: no plan can do with less. */
  readonly liveBytes: number | null
  /** Why the model does not run. */
  readonly cannotRun?: string
}

/** How much memory a model takes when it runs, or why it does not run. */
export async function plannedMemory(
  model: Model,
  options: Pick<RunOptions, 'customOperators'> = {},
): Promise<PlannedMemory> {
  try {
    const program = await compile(model, options)
    program.close()
    return { arenaBytes: program.arenaBytes, liveBytes: program.liveBytes }
  } catch (error) {
    if (!isQuantrxError(error)) throw error
    return { arenaBytes: null, liveBytes: null, cannotRun: error.message }
  }
}
