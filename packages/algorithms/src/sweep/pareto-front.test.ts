import { expect, it } from 'vitest'
import { byAccuracy, paretoFront } from './pareto-front.ts'

const candidate = (
  agreement: number,
  outputSqnrDb: number,
  bytes: number,
  medianMs: number,
  top1?: number,
) => ({
  ...{ bytes, medianMs },
  measures: { agreement, outputSqnrDb, ...(top1 === undefined ? {} : { top1 }) },
})

it('leaves out what another beats, and keeps what is best at something', () => {
  const all = [
    candidate(0.9, 20, 100, 1),
    candidate(0.95, 25, 200, 1),
    candidate(0.8, 15, 100, 1),
    candidate(0.7, 10, 300, 0.5),
    candidate(0.95, 25, 200, 2),
  ]
  expect(paretoFront(all)).toEqual([true, true, false, true, false])
})

it('lets the ratio decide where accuracy is equal, exact outputs too', () => {
  expect(paretoFront([candidate(1, 30, 100, 1), candidate(1, Infinity, 100, 1)])).toEqual([false, true])
  expect(paretoFront([candidate(1, Infinity, 100, 1), candidate(1, Infinity, 100, 1)])).toEqual([true, true])
})

it('goes by top-1 where there are labels', () => {
  expect(paretoFront([candidate(0.9, 30, 100, 1, 0.7), candidate(0.8, 20, 100, 1, 0.8)])).toEqual([
    false,
    true,
  ])
})

it('takes no notice of times that differ by noise', () => {
  expect(paretoFront([candidate(0.9, 30, 100, 1.05), candidate(0.8, 20, 100, 1)])).toEqual([true, false])
  expect(paretoFront([candidate(0.9, 30, 100, 1.2), candidate(0.8, 20, 100, 1)])).toEqual([true, true])
})

it('puts the most accurate first, and of equal ones the smallest', () => {
  const all = [candidate(0.9, 20, 100, 1), candidate(0.95, 20, 200, 1), candidate(0.95, 20, 150, 1)]
  expect([...all].sort(byAccuracy).map(({ bytes }) => bytes)).toEqual([150, 200, 100])
})
