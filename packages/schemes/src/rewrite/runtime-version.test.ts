import { expect, it } from 'vitest'
import { laterVersion, runtimeVersionBytes, statedRuntimeVersion } from './runtime-version.ts'

it.each([
  ['1.14.0', '1.5.0', '1.14.0'],
  ['1.14.0', '2.1.0', '2.1.0'],
  ['2.17.0', '2.17', '2.17.0'],
  ['0', '1.5.0', '1.5.0'],
])('of %s and %s the later is %s', (a, b, later) => expect(laterVersion(a, b)).toBe(later))

const stating = (text: string) => ({
  metadata: [{ name: 'min_runtime_version', buffer: 1 }],
  buffers: [
    { offset: 0n, size: 0n },
    { offset: 0n, size: 0n, data: new TextEncoder().encode(text) },
  ],
})

it('reads what it writes, in 16 bytes', () => {
  const bytes = runtimeVersionBytes('2.17.0')
  expect(bytes).toHaveLength(16)
  expect(statedRuntimeVersion(stating(new TextDecoder().decode(bytes)))).toBe('2.17.0')
})

it.each(['', '\0\0', 'two', '1.2.'])('takes "%s" for no version', (text) =>
  expect(statedRuntimeVersion(stating(text))).toBeUndefined(),
)

it('finds no version where there is no entry', () => {
  expect(statedRuntimeVersion({})).toBeUndefined()
  expect(statedRuntimeVersion({ metadata: [{ name: 'min_runtime_version', buffer: 7 }] })).toBeUndefined()
})
