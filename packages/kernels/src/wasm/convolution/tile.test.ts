import { describe, expect, it } from 'vitest'
import { i16, usdot } from '../inner-loop.ts'
import { stepsOfTurn } from './tile.ts'

const bytesOfPanel = (channels: number): number => channels * 4

describe('steps of a turn', () => {
  it('divide all steps, unless there would be few', () => {
    expect([36, 40, 14, 5].map((steps) => stepsOfTurn(steps, usdot, bytesOfPanel(8)))).toEqual([12, 10, 7, 5])
    expect([13, 46, 17].map((steps) => stepsOfTurn(steps, usdot, bytesOfPanel(8)))).toEqual([12, 12, 12])
    expect(stepsOfTurn(36, i16, bytesOfPanel(8))).toBe(1)
    expect(stepsOfTurn(0, usdot, bytesOfPanel(8))).toBe(1)
  })

  it('are so few that processors fetch the weights of the next turn ahead', () => {
    expect([64, 144].map((steps) => stepsOfTurn(steps, usdot, bytesOfPanel(48)))).toEqual([8, 9])
    expect(stepsOfTurn(144, usdot, bytesOfPanel(24))).toBe(12)
  })
})
