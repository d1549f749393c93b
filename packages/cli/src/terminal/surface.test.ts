import { describe, expect, it } from 'vitest'
import { paint } from './paint.ts'
import { surfaceOf } from './surface.ts'

const terminal = { isTTY: true, columns: 80 }

describe('surfaceOf', () => {
  it.each([
    [terminal, {}, { color: true, columns: 80 }],
    [terminal, { NO_COLOR: '1' }, { color: false, columns: 80 }],
    [terminal, { NO_COLOR: '' }, { color: true, columns: 80 }],
    [terminal, { TERM: 'dumb' }, { color: false, columns: 80 }],
    [terminal, { FORCE_COLOR: '0' }, { color: false, columns: 80 }],
    [{ isTTY: true, columns: 0 }, {}, { color: true }],
    [{}, {}, { color: false }],
    [{}, { FORCE_COLOR: '1' }, { color: true }],
    [{}, { FORCE_COLOR: '1', NO_COLOR: '1' }, { color: true }],
  ])('of %j with %j is %j', (stream, variables, expected) => {
    expect(surfaceOf(stream, variables)).toEqual(expected)
  })
})

it('paints where there are colours', () => {
  expect(paint({ color: true }, 'heading', 'bytes')).toBe('\x1b[1mbytes\x1b[22m')
  expect(paint({ color: false }, 'heading', 'bytes')).toBe('bytes')
})
