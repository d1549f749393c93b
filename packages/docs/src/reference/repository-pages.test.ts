import { expect, it } from 'vitest'
import { arithmeticPage, featuresPage } from './repository-pages.ts'

it.each([
  ['file support', featuresPage(), '# File support'],
  ['operators of LiteRT', arithmeticPage(), '# The `xnnpack` arithmetic'],
])('the page of %s has a title, a place, and no links into the repository', (_, page, title) => {
  expect(page).toMatch(/^---\norder: \d\n---\n/)
  expect(page).toContain(title)
  expect(page).not.toMatch(/\]\((?!https?:|\.\/litert-operators)/)
})
