import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { inlinePictures } from './inline-pictures.ts'

const folder = mkdtempSync(join(tmpdir(), 'quantrx-docs-'))
writeFileSync(join(folder, 'a.svg'), '<svg></svg>\n')

/** Renders an image of a page. */
function render(source: string, content: string): string {
  const rules: { image?: (...given: readonly unknown[]) => string } = { image: () => 'as it was' }
  inlinePictures({ renderer: { rules } } as never)
  const token = { content, attrGet: () => source }
  return rules.image!([token], 0, {}, { path: join(folder, 'page.md') }, {})
}

it('puts a drawing into the page, with its description', () => {
  expect(render('./a.svg', 'x < "y"')).toContain('aria-label="x &lt; &quot;y&quot;"><svg></svg></span>')
})

it('leaves other images to the renderer', () => expect(render('/a.png', 'a')).toBe('as it was'))

it('refuses what has no description, and what does not exist', () => {
  expect(() => render('./a.svg', '')).toThrow('page.md: the picture ./a.svg says not what it shows')
  expect(() => render('./b.svg', 'b')).toThrow('ENOENT')
})
