import { gzipSync } from 'node:zlib'
import { atMost, claim } from '../measuring/claim.ts'
import { drawTable, drawValue } from '../measuring/draw.ts'
import { browserBundle } from '../start/browser-bundle.ts'
import type { BenchTable } from './table.ts'

/** Bytes of the code that a page needs to read, compile and run a model. */
export interface CodeSize {
  readonly minified: number
  readonly gzip: number
}

/** Table 6: what a page loads. */
export const codeSize: BenchTable<CodeSize> = {
  name: 'code-size',
  title: 'Code that a browser needs to read, compile and run a model',
  async measure() {
    const code = await browserBundle()
    return { minified: Buffer.byteLength(code), gzip: gzipSync(code, { level: 9 }).byteLength }
  },
  draw: ({ minified, gzip }) =>
    drawTable(
      ['one module', 'size'],
      [
        ['minified', drawValue(minified, 'kilobytes')],
        ['minified, gzip', drawValue(gzip, 'kilobytes')],
      ],
    ),
  claims: ({ gzip }) => [claim('code for a browser, gzip', gzip, atMost(100_000), 'kilobytes')],
}
