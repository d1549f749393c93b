import { workspace } from '@quantrx/testing'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writtenPages } from '../examples/documents.ts'
import { drawPictures } from './write-pictures.ts'

const pictures = Object.entries(await drawPictures())

describe('the pictures', () => {
  it.each(pictures)('%s is one line of SVG whose numbers are numbers', (_, svg) => {
    expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 \d+ \d+"[^\n]*<\/svg>$/)
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  })

  it.each(pictures)('%s keeps within its frame', (_, svg) => {
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!.map(Number)
    for (const [, x] of svg.matchAll(/ (?:x|x1|x2)="([-\d.]+)"/g))
      expect(Number(x)).toBeLessThanOrEqual(width!)
    for (const [, y] of svg.matchAll(/ (?:y|y1|y2)="([-\d.]+)"/g))
      expect(Number(y)).toBeLessThanOrEqual(height!)
    expect(svg).not.toMatch(/ [xy][12]?="-/)
  })
})

/** Descriptions of pictures on pages: who cannot see a picture is told the same numbers. */
const described = writtenPages(workspace).flatMap((page) =>
  [...readFileSync(join(workspace, page), 'utf8').matchAll(/!\[([^\]]+)\]\(([^)]+)\.svg\)/g)].map(
    ([, text = '', path = '']) => ({ page, text, name: basename(path) }),
  ),
)

describe('the descriptions', () => {
  const texts = new Map(pictures)
  it.each(described)('of $name on $page tells numbers that the picture shows', ({ text, name }) => {
    const shown = texts.get(name)?.replaceAll('−', 'minus ')
    expect(shown).toBeDefined()
    for (const [number] of text.matchAll(/\d+\.\d+/g)) expect(shown).toContain(number)
  })

  it('are there for every picture that pages show', () => expect(described.length).toBeGreaterThan(6))
})
