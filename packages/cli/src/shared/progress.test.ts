import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { duration, progress, progressText } from './progress.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Draws the progress of samples that take 25 ms each. */
function draw(total: number | undefined, interactive = true, columns?: number): readonly string[] {
  const drawn: string[] = []
  const messages = columns === undefined ? { color: false } : { color: false, columns }
  const line = progress(
    { stderr: (text) => void drawn.push(text), interactive, messages },
    'calibrating',
    'samples',
    total,
  )
  for (let done = 1; done <= 40; done++) {
    line.update(done)
    vi.advanceTimersByTime(25)
  }
  line.finish()
  line.finish()
  return drawn
}

describe('progress', () => {
  it('tells rate and time left, ten times a second at most, and is gone at the end', () => {
    const drawn = draw(200)
    expect(drawn).toHaveLength(11)
    expect(drawn[0]).toBe('\r\x1b[Kcalibrating: 1 of 200 samples')
    expect(drawn[5]).toBe('\r\x1b[Kcalibrating: 21 of 200 samples, 40.0/s, 4 s left')
    expect(drawn.at(-1)).toBe('\r\x1b[K')
  })

  it('does without a total', () => {
    expect(draw(undefined)[5]).toBe('\r\x1b[Kcalibrating: 21 samples, 40.0/s')
  })

  it('stays in one line', () => {
    expect(draw(200, true, 20)[5]).toBe('\r\x1b[Kcalibrating: 21 of ')
  })

  it('is silent in a pipe', () => {
    expect(draw(200, false)).toEqual([])
  })

  it('learns the total while it goes on', () => {
    const drawn: string[] = []
    const line = progress({ stderr: (text) => void drawn.push(text), interactive: true }, 'x', 'operators')
    line.update(3, 9)
    expect(drawn).toEqual(['\r\x1b[Kx: 3 of 9 operators'])
  })
})

it.each([
  [0.2, '0 s'],
  [59.4, '59 s'],
  [125, '2 min 5 s'],
  [3600 * 3 + 600, '3 h 10 min'],
])('says %d seconds as %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text)
})

it('says no rate that cannot be known', () => {
  const state = { what: 'x', unit: 'samples', done: 1, total: undefined, rate: NaN }
  expect(progressText(state)).toBe('x: 1 samples')
})
