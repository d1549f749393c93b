import { openLiteRtRunner } from './litert-model.ts'
import type { LiteRtBuild } from './litert-module.ts'
import type { Oracle, RepeatedModel } from './oracle.ts'

/**
 * Opens a model in LiteRT, the reference for float and for the `xnnpack` arithmetic: XNNPACK where its delegate takes
 * an operator, LiteRT's optimized builtin kernels elsewhere. One thread.
 *
 * @throws Error with what LiteRT printed, when it refuses the model.
 */
export async function openLiteRt(modelBytes: Uint8Array): Promise<Oracle> {
  const { inputs, outputs, write, runAndRead, close } = await openLiteRtRunner(modelBytes, 'compat')
  return {
    inputs,
    outputs,
    run: async (values) => {
      const written = write(values)
      try {
        return await runAndRead(written)
      } finally {
        written.forEach((buffer) => buffer.delete())
      }
    },
    close,
  }
}

/**
 * Opens a model in a build of LiteRT, gives it its inputs once, and runs it once.
 *
 * @throws Error with what LiteRT printed, when it refuses the model.
 */
export async function repeatLiteRt(
  modelBytes: Uint8Array,
  inputs: readonly Uint8Array[],
  build: LiteRtBuild,
): Promise<RepeatedModel> {
  const { write, run, runAndRead, close } = await openLiteRtRunner(modelBytes, build)
  const buffers = write(inputs)
  return {
    outputs: await runAndRead(buffers),
    run: async () => {
      for (const output of await run(buffers)) output.delete()
    },
    close: () => {
      buffers.forEach((buffer) => buffer.delete())
      close()
    },
  }
}
