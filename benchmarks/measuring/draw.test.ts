import { expect, it } from 'vitest'
import { atLeast, atMost, claim, stretch } from './claim.ts'
import { drawClaims, drawTable, drawTiming } from './draw.ts'
import { timing } from './rounds.ts'

it('aligns the first column to the left and the others to the right', () => {
  expect(
    drawTable(
      ['model', 'ms'],
      [
        ['a', '1.25'],
        ['longer', undefined],
      ],
    ),
  ).toBe(['| model  |   ms |', '| ------ | ---: |', '| a      | 1.25 |', '| longer |      |'].join('\n'))
})

it('says whether bars are met, and nothing where there is none', () => {
  const lines = drawClaims([
    { ...claim('speed', 1.234, atLeast(1.25)), undisturbed: 1.3 },
    claim('more speed', 3, stretch(2)),
    claim('code', 88_123, atMost(100_000), 'kilobytes'),
    claim('share', 0.5, undefined, 'share'),
  ]).split('\n')
  expect(lines.slice(2).map((line) => line.split('|').map((cell) => cell.trim()))).toEqual([
    ['', 'speed', '1.23x', '1.30x', 'at least 1.25x', 'not met', ''],
    ['', 'more speed', '3.00x', '', 'stretch: at least 2.00x', 'met', ''],
    ['', 'code', '88.1 kB', '', 'at most 100.0 kB', 'met', ''],
    ['', 'share', '50.0 %', '', '', '', ''],
  ])
})

it('shows the median and, in parentheses, the tenth percentile', () => {
  expect(drawTiming(timing([[0.12345, 0.2], [0.3]]))).toBe('0.231 (0.123)')
  expect(drawTiming(undefined)).toBe(undefined)
})
