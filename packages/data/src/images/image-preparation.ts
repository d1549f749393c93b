/** What becomes of an image before its pixels are an input. Plain data, to be kept with results. */
export interface ImagePreparation {
  /**
   * How an image of another aspect ratio fills the input: `stretch` changes the ratio, `crop` cuts off what is outside,
   * around the center, `pad` adds black.
   */
  readonly fit: 'stretch' | 'crop' | 'pad'
  /**
   * With `crop`: the part of the image's shorter side that is kept, above 0 to 1. Training pipelines often resize to 256 and
   * keep the central 224, which is 0.875.
   */
  readonly cropFraction: number
  /** Order of three color channels. */
  readonly colorOrder: 'rgb' | 'bgr'
}

/** The whole width or height of an image, cut to the input's ratio, colors in the order red, green, blue. */
export const defaultImagePreparation: ImagePreparation = { fit: 'crop', cropFraction: 1, colorOrder: 'rgb' }
