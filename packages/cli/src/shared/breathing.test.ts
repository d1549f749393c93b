import { expect, it } from 'vitest'
import { breathing } from './breathing.ts'

/** Numbers that take a while each, without a pause in which anything else could happen. */
async function* busy(count: number): AsyncGenerator<number> {
  for (let index = 0; index < count; index++) {
    const end = performance.now() + 20
    while (performance.now() < end);
    yield index
  }
}

it('gives the same items', async () => {
  const items: number[] = []
  for await (const item of breathing(() => busy(5))(new AbortController().signal)) items.push(item)
  expect(items).toEqual([0, 1, 2, 3, 4])
})

it('lets an abort be heard', async () => {
  const abort = new AbortController()
  setTimeout(() => abort.abort(new Error('stop')), 1)
  let count = 0
  const read = async (): Promise<void> => {
    for await (const _ of breathing(() => busy(1000))(abort.signal)) count++
  }
  await expect(read()).rejects.toThrow('stop')
  expect(count).toBeLessThan(100)
})
