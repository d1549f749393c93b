import type { Conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { isPointwise } from '../../shared/patches.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { shareRows } from '../share-rows.ts'
import type { ElementBytes } from '../share-rows.ts'
import type { Share } from '../share.ts'

/** Positions of a tile that fills the registers: shares that end within one would compute two smaller ones. */
const positionsOfTile = 6

/**
 * As {@link shareRows}, for convolutions. Where windows have one element, positions are divided instead of rows: seven rows are
 * four and three for two threads, but their 49 positions are 24 and 25.
 */
export function shareConvolution(
  geometry: Conv2dGeometry,
  share: Share | undefined,
  bytes: ElementBytes,
  build: (geometry: Conv2dGeometry) => GeneratedKernel | undefined,
): GeneratedKernel | undefined {
  const { batches, outputHeight, outputWidth, groups } = geometry
  if (share === undefined || !isPointwise(geometry, groups)) return shareRows(geometry, share, bytes, build)
  const positions = batches * outputHeight * outputWidth
  const column = { inputHeight: positions, inputWidth: 1, outputHeight: positions, outputWidth: 1 }
  const multiple = positions < positionsOfTile * share.count ? 1 : positionsOfTile
  return shareRows({ ...geometry, ...column, batches: 1 }, share, bytes, build, multiple)
}
