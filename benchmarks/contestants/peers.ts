import { repeatLiteRt, repeatTfLite29, tfLite29Path } from '@quantrx/testing'
import type { LiteRtBuild, RepeatedModel } from '@quantrx/testing'
import type { Contestant } from '../measuring/rounds.ts'
import { engineHasRelaxedSimd } from '../measuring/relaxed-simd.ts'
import type { ModelCase } from '../models/model-files.ts'

/** Another runtime. */
export interface Peer {
  readonly name: string
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
  const path = tfLite29Path()
  if (path === undefined) return []
  return [
    {
      name: 'TFLite 2.9 native',
      open: async ({ bytes, inputBytes }) => contestant(await repeatTfLite29(path, bytes, inputBytes)),
    },
  ]
}

const contestant = ({ run }: RepeatedModel): Contestant => ({ run })
