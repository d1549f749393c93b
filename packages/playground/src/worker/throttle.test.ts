import { expect, it } from 'vitest'
import { throttle } from './throttle.ts'

it('does the first thing, one in so many milliseconds, and the last', () => {
  let time = 0
  const done: number[] = []
  const { offer, flush } = throttle(100, () => time)
  for (; time <= 250; time += 10) {
    const at = time
    offer(() => done.push(at))
  }
  expect(done).toEqual([0, 100, 200])
  flush()
  flush()
  expect(done).toEqual([0, 100, 200, 250])
})
