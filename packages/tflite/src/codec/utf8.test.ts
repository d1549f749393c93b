import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { decodeText, encodeText } from './utf8.ts'

it('decodes valid text as it is', () => {
  expect(decodeText(new TextEncoder().encode('größe 大小 😀'))).toBe('größe 大小 😀')
})

it.each([0, 1, 255, 256, 257])('decodes %i bytes of ASCII, and one character beyond it', (length) => {
  const text = Array.from({ length }, (_, at) => String.fromCharCode(at % 128)).join('')
  expect(decodeText(encodeText(text))).toBe(text)
  expect(decodeText(encodeText(`${text}ÿ`))).toBe(`${text}ÿ`)
})

it('agrees with the platform on what is valid, and loses no byte', () => {
  const random = seededRandom(5)
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const pieces = [
    0x41, 0x7f, 0x80, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xf5, 0xff,
  ]
  for (let round = 0; round < 5000; round++) {
    const bytes = Uint8Array.from({ length: random.integer(9) }, () => pieces[random.integer(pieces.length)]!)
    const text = decodeText(bytes)
    expect(encodeText(text)).toEqual(bytes)
    let valid = true
    try {
      strict.decode(bytes)
    } catch {
      valid = false
    }
    expect(/[\uDC80-\uDCFF]/.test(text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, ''))).toBe(!valid)
  }
})
