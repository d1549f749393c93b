import { describe, expect, it } from 'vitest'
import { writeParts } from './write-parts.ts'

/** A file in memory that takes `most` bytes at once, and whose disk holds `space` bytes. */
function memoryFile({ most = Infinity, space = Infinity, closes = true } = {}) {
  const taken: number[] = []
  const state = { closed: 0 }
  return {
    taken,
    state,
    async write(bytes: Uint8Array): Promise<number> {
      const count = Math.min(bytes.length, most, space - taken.length)
      taken.push(...bytes.subarray(0, count))
      return count
    },
    async close(): Promise<void> {
      state.closed++
      if (!closes) throw Object.assign(new Error('late'), { code: 'EDQUOT' })
    },
  }
}

const parts = [Uint8Array.of(1, 2, 3), Uint8Array.of(), Uint8Array.of(4, 5)]

describe('writeParts', () => {
  it.each([Infinity, 1, 2])('writes all where a write takes %d bytes at most', async (most) => {
    const file = memoryFile({ most })
    await writeParts(file, parts)
    expect([file.taken, file.state.closed]).toEqual([[1, 2, 3, 4, 5], 1])
  })

  it('takes a disk to be full where a write takes nothing', async () => {
    const file = memoryFile({ space: 4 })
    await expect(writeParts(file, parts)).rejects.toMatchObject({ code: 'ENOSPC' })
    expect(file.state.closed).toBe(1)
  })

  it('tells what closing says', async () => {
    await expect(writeParts(memoryFile({ closes: false }), parts)).rejects.toMatchObject({ code: 'EDQUOT' })
  })
})
