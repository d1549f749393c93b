import type { Conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { isPointwise } from '../../shared/patches.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { shareRows } from '../share-rows.ts'
import type { ElementBytes } from '../share-rows.ts'
import { spanOf } from '../share.ts'
import type { Share, Span } from '../share.ts'

/** Positions of a tile that fills the registers: shares that end within one would compute two smaller ones. */
const positionsOfTile = 6

/** Shares of channels begin at multiples of so many: as bytes, half of a line of the cache. */
const channelsTogether = 32

/** So many times as many channels as positions are divided by channels: weights are then most of what is read. */
const channelsForPositions = 4

/**
 * As {@link shareRows}, for convolutions. Where windows have one element, positions are divided instead of rows: seven rows are
 * four and three for two threads, but their 49 positions are 24 and 25. Where there are many more channels than positions, those
 * are divided, so that a share reads its own weights only.
 *
 * @param build makes the kernel of a geometry, or of some of its channels where windows have one element.
 */
export function shareConvolution(
  geometry: Conv2dGeometry,
  share: Share | undefined,
  bytes: ElementBytes,
  build: (geometry: Conv2dGeometry, channels?: Span) => GeneratedKernel | undefined,
): GeneratedKernel | undefined {
  const { batches, outputHeight, outputWidth, groups } = geometry
  const buildRows = (rows: Conv2dGeometry) => build(rows)
  if (share === undefined || !isPointwise(geometry, groups))
    return shareRows(geometry, share, bytes, buildRows)
  const positions = batches * outputHeight * outputWidth
  if (geometry.outputChannels >= positions * channelsForPositions && positions > 0)
    return shareChannels(geometry, share, bytes, build)
  const column = { inputHeight: positions, inputWidth: 1, outputHeight: positions, outputWidth: 1 }
  const multiple = positions < positionsOfTile * share.count ? 1 : positionsOfTile
  return shareRows({ ...geometry, ...column, batches: 1 }, share, bytes, buildRows, multiple)
}

function shareChannels(
  geometry: Conv2dGeometry,
  share: Share,
  bytes: ElementBytes,
  build: (geometry: Conv2dGeometry, channels: Span) => GeneratedKernel | undefined,
): GeneratedKernel | undefined {
  const { outputChannels } = geometry
  const multiple = outputChannels < channelsTogether * share.count ? 4 : channelsTogether
  const channels = spanOf(outputChannels, share, multiple)
  if (channels.from === channels.to)
    return { name: 'no channels', constants: [], scratchBytes: 0, emit: () => undefined }
  const kernel = build(geometry, channels)
  return (
    kernel && {
      ...kernel,
      emit: (f, addresses) =>
        kernel.emit(f, { ...addresses, output: addresses.output + channels.from * bytes.output }),
    }
  )
}
