import { expect, it, vi } from 'vitest'
import { codeBytes } from './encode.ts'

it.each(['with', 'without'])('bytes of code are its characters, %s what Node has for that', (which) => {
  const code = String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte))
  if (which === 'without') vi.stubGlobal('Buffer', undefined)
  const [bytes, behind] = [codeBytes(code), codeBytes(code.slice(254), 2)]
  vi.unstubAllGlobals()
  expect(bytes).toEqual(Uint8Array.from({ length: 256 }, (_, byte) => byte))
  expect(behind).toEqual(Uint8Array.of(0, 0, 254, 255))
})
