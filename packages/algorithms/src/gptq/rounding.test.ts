import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { cholesky, solveWithCholesky } from './cholesky.ts'
import { quadraticForm, roundChannel } from './round-channel.ts'

describe('the Cholesky factor', () => {
  it('of a matrix by hand', () => {
    const factor = cholesky(Float64Array.of(4, 0, 2, 5), 2)
    expect(Array.from(factor!).filter((_, at) => at !== 1)).toEqual([2, 1, 2])
    const values = Float64Array.of(8, 14)
    solveWithCholesky(factor!, 2, values)
    // 4x + 2y = 8 and 2x + 5y = 14
    expect(Array.from(values)).toEqual([0.75, 2.5])
  })

  it('does not exist where a direction has no weight', () => {
    expect(cholesky(Float64Array.of(1, 0, 1, 1), 2)).toBeUndefined()
  })
})

const objectiveOf = (size: number, matrix: Float64Array) => ({
  size,
  matrix,
  factor: cholesky(matrix.slice(), size)!,
})

it('rounds a weight against the error of another that always comes with it', () => {
  // Inputs nearly equal: what counts is the sum of both weights, 0.8, which nearest rounding makes 0.
  const objective = objectiveOf(2, Float64Array.of(1, 0.9, 0.9, 1))
  const levels = roundChannel(objective, Float64Array.of(0.4, 0.4), { scale: 1, limit: 7 })
  expect(Array.from(levels).sort()).toEqual([0, 1])
})

it('never leaves the grid', () => {
  const objective = objectiveOf(2, Float64Array.of(1, 0, 0, 1))
  expect(Array.from(roundChannel(objective, Float64Array.of(100, -100), { scale: 1, limit: 7 }))).toEqual([
    7, -7,
  ])
})

it('is better than nearest rounding on random problems, by far on the average', () => {
  const random = seededRandom(3)
  const size = 12
  let [own, nearest] = [0, 0]
  for (let trial = 0; trial < 50; trial++) {
    const rows = Array.from({ length: 30 }, () => {
      const common = random.normal()
      return Float64Array.from({ length: size }, () => common + 0.5 * random.normal())
    })
    const matrix = Float64Array.from({ length: size * size }, (_, at) =>
      rows.reduce((sum, row) => sum + row[Math.floor(at / size)]! * row[at % size]!, 0),
    )
    const target = Float64Array.from({ length: size }, () => 3 * random.normal())
    const errorOf = (levels: Float64Array): number =>
      quadraticForm(
        matrix,
        size,
        levels.map((level, at) => level - target[at]!),
      )
    own += errorOf(roundChannel(objectiveOf(size, matrix), target, { scale: 1, limit: 127 }))
    nearest += errorOf(target.map(Math.round))
  }
  expect(own).toBeLessThan(nearest / 3)
})
