import type { Picture } from '../document.ts'

const headerBytes = 54

/**
 * A picture as a data URL of a Windows bitmap, the one format that every browser shows and that needs no compression. Rows
 * stand from bottom to top and are filled to multiples of four bytes; follows Microsoft's BITMAPINFOHEADER.
 */
export function pictureUrl({ width, height, channels, pixels }: Picture): string {
  const rowBytes = Math.ceil((width * 3) / 4) * 4
  const bytes = new Uint8Array(headerBytes + rowBytes * height)
  const view = new DataView(bytes.buffer)
  bytes.set([0x42, 0x4d])
  view.setUint32(2, bytes.length, true)
  view.setUint32(10, headerBytes, true)
  view.setUint32(14, 40, true)
  view.setInt32(18, width, true)
  view.setInt32(22, height, true)
  view.setUint16(26, 1, true)
  view.setUint16(28, 24, true)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * channels
      const to = headerBytes + (height - 1 - y) * rowBytes + x * 3
      for (let color = 0; color < 3; color++)
        bytes[to + 2 - color] = pixels[from + (channels === 1 ? 0 : color)]!
    }
  }
  return `data:image/bmp;base64,${base64(bytes)}`
}

/** In pieces, because a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 4096)
    text += String.fromCharCode(...bytes.subarray(at, at + 4096))
  return btoa(text)
}
