import { expect, it } from 'vitest'
import { parseOptions } from './options.ts'

it('measures everything, seven times, when it is not told otherwise', () => {
  expect(parseOptions([])).toEqual({
    rounds: 7,
    sliceMs: 150,
    tables: ['inference', 'layers', 'first-inference', 'calibration', 'scaling', 'code-size'],
    networks: ['resnet8', 'kws', 'mobilenet'],
  })
})

it('narrows tables by the names of tables and networks by those of networks', () => {
  const { tables, networks } = parseOptions(['--only', 'layers', '--only', 'kws', '--only', 'inference'])
  expect(tables).toEqual(['inference', 'layers'])
  expect(networks).toEqual(['kws'])
  expect(parseOptions(['--only', 'kws']).tables).toHaveLength(6)
})

it('takes numbers and a file', () => {
  expect(parseOptions(['--rounds', '1', '--slice', '20', '--json', 'out.json'])).toMatchObject({
    ...{ rounds: 1, sliceMs: 20, json: 'out.json' },
  })
})

it.each([
  [['--only', 'nothing'], '--only nothing: no such table or network'],
  [['--rounds', '0'], '--rounds 0: expected a whole number above 0'],
  [['--slice', 'x'], '--slice x: expected a whole number above 0'],
  [['--what'], "Unknown option '--what'"],
])('refuses %s', (args, message) => {
  expect(() => parseOptions(args)).toThrow(message)
})
