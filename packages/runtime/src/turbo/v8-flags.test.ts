import v8 from 'node:v8'
import { afterEach, expect, it, vi } from 'vitest'
import { hasTurboFlags, withTurboFlags } from './v8-flags.ts'

afterEach(() => vi.restoreAllMocks())

it.each([
  ['11.3.244.8-node.38', false],
  ['12.4.254.21-node.57', false],
  ['13.6.233.17-node.53', true],
  ['14.6.202.34-node.34', true],
])('V8 %s has them: %s', (version, has) => {
  expect(hasTurboFlags(version)).toBe(has)
})

it.each([true, false])('are set while code is compiled, and set back; it succeeds: %s', (succeeds) => {
  const flags = new Set<string>()
  vi.spyOn(v8, 'setFlagsFromString').mockImplementation((flag) => {
    const opposite = flag.startsWith('--no-') ? flag.replace('--no-', '--') : flag.replace('--', '--no-')
    // Whatever is set back must have been set before.
    if (!flags.delete(opposite)) flags.add(flag)
  })
  let during: readonly string[] = []
  const compile = (): number => {
    during = [...flags]
    if (!succeeds) throw new Error('does not compile')
    return 7
  }
  if (succeeds) expect(withTurboFlags(compile)).toBe(7)
  else expect(() => withTurboFlags(compile)).toThrow('does not compile')
  expect(during).toContain('--experimental-wasm-revectorize')
  expect(during).toContain('--no-liftoff')
  expect([...flags]).toEqual([])
})
