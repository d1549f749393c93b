import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

/**
 * Puts drawings into the page in place of links to them, so that they take its colors: `![what it shows](../generated/pictures/NAME.svg)`.
 *
 * @throws Error for a drawing that does not exist, or has no description for those who cannot see it.
 */
export function inlinePictures(markdown: MarkdownRenderer): void {
  const { image } = markdown.renderer.rules
  markdown.renderer.rules.image = (tokens, at, options, environment: { path?: string }, self) => {
    const token = tokens[at]!
    const source = token.attrGet('src') ?? ''
    const page = environment.path ?? ''
    if (token.content === '') throw new Error(`${page}: the picture ${source} says not what it shows`)
    if (!source.endsWith('.svg')) return image?.(tokens, at, options, environment, self) ?? ''
    const svg = readFileSync(join(dirname(page), source), 'utf8').trim()
    return `<span class="drawing" role="img" style="display: block" aria-label="${attribute(token.content)}">${svg}</span>`
  }
}
