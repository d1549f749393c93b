import { gzipBytes } from '@quantrx/testing'
import type { BundledFile } from '@quantrx/testing'
import { atMost, claim } from '../measuring/claim.ts'
import { drawTable, drawValue } from '../measuring/draw.ts'
import { browserBundle } from '../start/browser-bundle.ts'
import type { BenchTable } from './table.ts'

/** Bytes of code. */
interface CodeBytes {
  readonly minified: number
  readonly gzip: number
}

/** The code that a page needs to read, compile and run a model. */
export interface CodeSize {
  /** What it loads for every model. */
  readonly always: CodeBytes
  /** What it loads at most besides, for models with operators that are not at hand. */
  readonly onDemand: CodeBytes
}

/** Table 6: what a page loads. */
export const codeSize: BenchTable<CodeSize> = {
  name: 'code-size',
  title: 'Code that a browser needs to read, compile and run a model',
  async measure() {
    const modules = await browserBundle()
    const size = (always: boolean): CodeBytes => bytesOf(modules.filter((module) => module.always === always))
    return { always: size(true), onDemand: size(false) }
  },
  draw: ({ always, onDemand }) =>
    drawTable(
      ['code', 'minified', 'minified, gzip'],
      [
        ['for every model', drawSize(always.minified), drawSize(always.gzip)],
        ['operators that are loaded when needed', drawSize(onDemand.minified), drawSize(onDemand.gzip)],
      ],
    ),
  claims: ({ always, onDemand }) => [
    claim('code for a browser, gzip', always.gzip, atMost(100_000), 'kilobytes'),
    claim('code for a browser, every operator, gzip', always.gzip + onDemand.gzip, undefined, 'kilobytes'),
  ],
}

const drawSize = (bytes: number): string => drawValue(bytes, 'kilobytes')

const bytesOf = (modules: readonly BundledFile[]): CodeBytes => ({
  minified: modules.reduce((total, { code }) => total + Buffer.byteLength(code), 0),
  gzip: gzipBytes(modules),
})
