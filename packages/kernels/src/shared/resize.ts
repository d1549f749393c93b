/** To which size images are resized, and how their pixels lie over one another. */
export interface ResizeParameters {
  readonly outputHeight: number
  readonly outputWidth: number
  /** True when the centres of the corner pixels stay where they are. */
  readonly alignCorners: boolean
  /** True when positions are those of pixel centres, half a pixel from the edge. */
  readonly halfPixelCenters: boolean
}

/** Input pixels that one output pixel covers along a dimension, in float32. */
export function resizeScale(size: number, outputSize: number, alignCorners: boolean): number {
  return alignCorners && outputSize > 1
    ? Math.fround((size - 1) / (outputSize - 1))
    : Math.fround(size / outputSize)
}
