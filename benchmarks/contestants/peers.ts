import { repeatLiteRt, repeatTfLite29, tfLite29Path } from '@quantrx/testing'
import type { LiteRtBuild, RepeatedModel } from '@quantrx/testing'
import type { Contestant } from '../measuring/rounds.ts'
import { engineHasRelaxedSimd } from '../measuring/relaxed-simd.ts'
import type { ModelCase } from '../models/model-files.ts'
import type { Variant } from '../models/networks.ts'
import { onnxRuntimeUrl, openOnnxRuntime } from './onnxruntime-web.ts'

/** Another runtime. */
export interface Peer {
  readonly name: string
  /** The files that it has a chance to run; all by default. */
  readonly variants?: readonly Variant[]
  /**
   * Opens a model.
   *
   * @throws Error when the runtime refuses it.
   */
  open(model: ModelCase): Promise<Contestant>
}

/** The build of LiteRT that this engine runs fastest. */
export const liteRtBuild = (): LiteRtBuild => (engineHasRelaxedSimd() ? 'internal' : 'compat')

/** LiteRT.js, which is always there. */
export const liteRt: Peer = {
  name: 'LiteRT.js',
  open: async ({ bytes, inputBytes }) => contestant(await repeatLiteRt(bytes, inputBytes, liteRtBuild())),
}

/** Peers that are installed where they can be. */
export function optionalPeers(): readonly Peer[] {
  const [library, onnxRuntime] = [tfLite29Path(), onnxRuntimeUrl()]
  return [
    ...(library === undefined ? [] : [tfLite29(library)]),
    ...(onnxRuntime === undefined ? [] : [onnxRuntimeWeb(onnxRuntime)]),
  ]
}

const tfLite29 = (path: string): Peer => ({
  name: 'TFLite 2.9 native',
  open: async ({ bytes, inputBytes }) => contestant(await repeatTfLite29(path, bytes, inputBytes)),
})

const onnxRuntimeWeb = (url: string): Peer => ({
  name: 'onnxruntime-web',
  variants: ['float'],
  async open(model) {
    const { run } = await openOnnxRuntime(url, model)
    return { run: async () => void (await run()) }
  },
})

const contestant = ({ run }: RepeatedModel): Contestant => ({ run })
