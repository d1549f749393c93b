/**
 * How integer operators turn accumulators into outputs: `tflite` computes with integers only, as TensorFlow Lite's
 * reference kernels do; `xnnpack` multiplies with float32 scales, as LiteRT does in production.
 */
export type Arithmetic = 'tflite' | 'xnnpack'
