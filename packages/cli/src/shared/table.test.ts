import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { drawTable, facts, table } from './table.ts'

const rows = [
  ['minmax', 91.5, '91.50 %', '31.42 dB', 'a tensor of a rather long name/with/a/path'],
  ['percentile:99.99', 7, '7.00 %', 'exact', 'other'],
  ['mse', undefined, '', '', ''],
]
const observers = table(['observer', 'count', 'share', 'SQNR', 'name'], rows)

describe('a table', () => {
  it('has numbers to the right and text to the left, and is as wide as it is in a pipe', () => {
    expect(String(observers).split('\n')).toEqual([
      'observer          count    share      SQNR  name',
      '----------------  -----  -------  --------  ------------------------------------------',
      'minmax             91.5  91.50 %  31.42 dB  a tensor of a rather long name/with/a/path',
      'percentile:99.99      7   7.00 %     exact  other',
      'mse',
    ])
  })

  it('fits a terminal, cutting the widest text', () => {
    const lines = drawTable(observers, { color: false, columns: 60 }).split('\n')
    expect(Math.max(...lines.map(({ length }) => length))).toBe(60)
    expect(lines[2]).toBe('minmax             91.5  91.50 %  31.42 dB  a tensor of a r…')
    const narrow = drawTable(observers, { color: false, columns: 50 }).split('\n')
    expect(narrow.map(({ length }) => length <= 50)).toEqual(narrow.map(() => true))
    expect(narrow[3]).toBe('percentile…      7   7.00 %     exact  other')
  })

  it('cuts no numbers, and no text to nothing', () => {
    const lines = drawTable(observers, { color: false, columns: 10 }).split('\n')
    expect(lines[2]).toBe('minmax     91.5  91.50 %  31.42 dB  a tenso…')
  })

  it('is the same in colour', () => {
    const colored = drawTable(observers, { color: true })
    expect(colored).toContain('\x1b[1m')
    expect(stripVTControlCharacters(colored)).toBe(String(observers))
  })

  it('may be without headings or rows', () => {
    expect(
      String(
        facts([
          ['bytes', '1,200'],
          ['quantized', 'no'],
        ]),
      ),
    ).toBe('bytes      1,200\nquantized  no')
    expect(String(table(['kind', 'bytes'], []))).toBe('kind  bytes\n----  -----')
  })
})
