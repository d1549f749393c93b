import type { Panel } from '../convolution/split.ts'

/** Bytes of a panel's entry: where its first input channel is, three unused words, the channel of each byte. */
export const spreadBytes = 32

/**
 * Which input channels the panels of a depth multiplier see: for each panel the offset in bytes of the first one, and the
 * bytes to take of the 16 from there on, for each of its output channels.
 */
export function channelSpread(
  panels: readonly Panel[],
  firstChannel: number,
  depthMultiplier: number,
  elementBytes: number,
): Int32Array {
  const entries: number[] = []
  let first = firstChannel
  for (const { size, count } of panels) {
    for (let panel = 0; panel < count; panel++, first += size) {
      const firstInput = Math.floor(first / depthMultiplier)
      const bytes = Uint8Array.from({ length: 16 }, (_, at) => {
        const channel = first + (Math.floor(at / elementBytes) % size)
        return (Math.floor(channel / depthMultiplier) - firstInput) * elementBytes + (at % elementBytes)
      })
      entries.push(firstInput * elementBytes, 0, 0, 0, ...new Int32Array(bytes.buffer))
    }
  }
  return Int32Array.from(entries)
}
