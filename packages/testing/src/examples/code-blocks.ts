import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspace } from '../fixtures.ts'

/** A fenced block of a Markdown file. */
export interface CodeBlock {
  /** First word behind the fence, such as `ts`. */
  readonly language: string
  /** What stands in brackets behind it, `ts [symmetric.ts]`: the file that the block is, for blocks after it to import. */
  readonly file?: string
  /** Whether a `text` block is what the block before it prints: `text prints`. */
  readonly prints: boolean
  /** Whether the commands of an `sh` block are there to show how they fail: `sh fails`. */
  readonly fails: boolean
  readonly code: string
  /** Line of the fence, from 1. */
  readonly line: number
}

/** All blocks of a Markdown file of the workspace, in order. */
export function codeBlocks(path: string): readonly CodeBlock[] {
  return blocksOf(readFileSync(join(workspace, path), 'utf8'))
}

/** All fenced blocks of a Markdown text, in order; fences may be indented. */
export function blocksOf(markdown: string): readonly CodeBlock[] {
  const blocks = markdown.matchAll(/^( *)```(\w+)(.*)\n((?:(?!\s*```).*\n)*) *```$/gm)
  return [...blocks].map(({ index, 1: indent = '', 2: language = '', 3: rest = '', 4: code = '' }) => {
    const file = /\[([^\]]+)\]/.exec(rest)?.[1]
    return {
      language,
      ...(file === undefined ? {} : { file }),
      prints: /\bprints\b/.test(rest),
      fails: /\bfails\b/.test(rest),
      code: code.replaceAll(new RegExp(`^ {${indent.length}}`, 'gm'), ''),
      line: markdown.slice(0, index).split('\n').length,
    }
  })
}
