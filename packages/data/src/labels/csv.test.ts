import { expect, it } from 'vitest'
import { labelsFromCsv } from './csv.ts'

it('reads a column by name', () => {
  expect(labelsFromCsv('row,label,class\n0,7,Stop\n1,2,Left\n')).toEqual([7, 2])
  expect(labelsFromCsv('row,label\n0,7\n1,2', 'row')).toEqual([0, 1])
})

it('understands quotes, line breaks in them, and carriage returns', () => {
  expect(labelsFromCsv('name,label\r\n"tench, Tinca ""tinca""",1\r\n"two\nlines",4\r\n')).toEqual([1, 4])
})

it('names the columns there are', () => {
  expect(() => labelsFromCsv('row,class\n0,7\n', 'label', 'labels.csv')).toThrow(
    '[data] "labels.csv": got columns row, class, expected a column "label". Name the column as file.csv#column',
  )
  expect(() => labelsFromCsv('')).toThrow('got columns none')
})

it('names the row without a class index', () => {
  expect(() => labelsFromCsv('label\n3\nseven\n')).toThrow(
    '[data] "labels, row 1": got "seven", expected a class index',
  )
  expect(() => labelsFromCsv('label\n-1\n')).toThrow('got "-1", expected a class index')
})

it('refuses stray quotes', () => {
  expect(() => labelsFromCsv('label\n1"2\n')).toThrow('got a stray quote')
})
