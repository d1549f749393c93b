/** So many bytes can be added in 16 bits: 257 times 255 is 65535. */
const blockPositions = 257

/** The lower byte of each half of a word. */
const lowerBytes = 0x00ff00ff

/**
 * Adds stored integers of 8 bits to the sum of their channel, the last dimension, four at a time: two bytes of a word are
 * added in the halves of one number, the other two in those of another. Sums are exact.
 *
 * @param values Whole words in little-endian memory, as that of WebAssembly; {@link fitsWords} tells.
 *
 * @example
 * if (fitsWords(values, channels)) addBytes(values, channels, sums)
 */
export function addBytes(values: Int8Array | Uint8Array, channels: number, sums: Float64Array): void {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length >> 2)
  // Other bits for the signs make v + 128 of a byte v.
  const isSigned = values instanceof Int8Array
  const flip = isSigned ? 0x80808080 | 0 : 0
  const stride = channels >> 2
  for (let start = 0; start < words.length; start += blockPositions * stride) {
    const end = Math.min(words.length, start + blockPositions * stride)
    const excess = isSigned ? (128 * (end - start)) / stride : 0
    for (let column = 0; column < stride; column++) {
      let even = 0
      let odd = 0
      for (let at = start + column; at < end; at += stride) {
        const word = words[at]! ^ flip
        even = (even + (word & lowerBytes)) | 0
        odd = (odd + ((word >>> 8) & lowerBytes)) | 0
      }
      const channel = 4 * column
      sums[channel]! += (even & 0xffff) - excess
      sums[channel + 1]! += (odd & 0xffff) - excess
      sums[channel + 2]! += (even >>> 16) - excess
      sums[channel + 3]! += (odd >>> 16) - excess
    }
  }
}

/** True for values that {@link addBytes} can add. */
export function fitsWords(values: unknown, channels: number): values is Int8Array | Uint8Array {
  const isBytes = values instanceof Int8Array || values instanceof Uint8Array
  return isBytes && channels % 4 === 0 && values.byteOffset % 4 === 0
}
