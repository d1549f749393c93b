import { describe, expect, it } from 'vitest'
import { blocksOf } from './code-blocks.ts'

describe('blocksOf', () => {
  it('finds blocks with their language, file, line and use', () => {
    const text = ['# a', '', '```ts [a.ts]', 'const a = 1', '```', '', '```text prints', '1', '', '2', '```']
    expect(blocksOf(text.join('\n'))).toEqual([
      { language: 'ts', file: 'a.ts', prints: false, fails: false, code: 'const a = 1\n', line: 3 },
      { language: 'text', prints: true, fails: false, code: '1\n\n2\n', line: 7 },
    ])
  })

  it('knows commands that are to fail', () => {
    expect(blocksOf('```sh fails\nnpx quantrx\n```')[0]).toMatchObject({ language: 'sh', fails: true })
  })

  it('takes the indentation of a list off', () => {
    expect(blocksOf('1. a\n\n   ```sh\n   npm ci\n   ```\n')[0]?.code).toBe('npm ci\n')
  })
})
