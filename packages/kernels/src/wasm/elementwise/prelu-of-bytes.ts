import type { PreluIntegerParameters } from '../../ops/prelu/prelu.ts'
import { preluStored } from '../../ops/prelu/prelu.ts'
import type { BroadcastRows } from '../../shared/broadcast.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import type { ByteArray, ByteType } from './bytes.ts'
import type { ChannelRows } from './channel-rows.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { preluByLinesKernel } from './prelu-by-lines.ts'
import { preluByProducts } from './prelu-by-products.ts'
import { preluLines } from './prelu-lines.ts'
import { storedMapKernel } from './stored-map.ts'
import { broadcastWalk } from './walk.ts'

/** PRELU on 8-bit integers. */
export type PreluOfBytes = PreluIntegerParameters & { readonly type: ByteType }

/** Tables of more channels would take more memory than what is computed. */
const mostChannels = 4096

/**
 * PRELU of 8-bit integers with slopes that are known: channels that are repeated, or one slope for all. Equal to the
 * reference bit for bit; the kernel reads the input alone.
 *
 * @param slopes as they are stored.
 * @returns undefined for slopes in another order, and where no lines are found that equal it.
 */
export function preluOfKnownSlopesKernel(
  parameters: PreluOfBytes,
  slopes: ByteArray,
  share?: Share,
): GeneratedKernel | undefined {
  const { type, rows } = parameters
  const [slope] = slopes
  if (slope !== undefined && slopes.every((each) => each === slope)) {
    const evaluate = preluStored(parameters)
    const elements = rows.length * rows.aStarts.length
    return storedMapKernel(type, type, (stored) => evaluate(stored, slope), elements, share)
  }
  const channels = channelRows(rows)
  const lines = channels && preluLines(parameters, slopes)
  return lines && preluByLinesKernel(type, lines, channels, share)
}

/** PRELU of 8-bit integers with any slopes; the kernel reads input and slopes. */
export function preluOfBytesKernel(parameters: PreluOfBytes, share?: Share): GeneratedKernel | undefined {
  const operator = preluByProducts(parameters)
  return operator && elementwiseKernel(operator, broadcastWalk(parameters.rows), share)
}

function channelRows({ length, bStep, outer }: BroadcastRows): ChannelRows | undefined {
  const [repeated, ...others] = outer
  if (bStep === 0 || length > mostChannels || others.length > 0) return undefined
  return repeated === undefined || repeated.bStride === 0
    ? { channels: length, positions: repeated?.size ?? 1 }
    : undefined
}
