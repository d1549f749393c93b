import type { Opener } from '@quantrx/core'

/** Which samples are meant: those to make candidates with, or those to judge them by. */
export type Half = 'fit' | 'judge'

/** Every second sample of a source: what candidates are made with, and the others, which they have not seen. */
export function half(open: Opener, which: Half): Opener {
  return async function* (signal) {
    let position = 0
    for await (const sample of open(signal)) {
      if (position++ % 2 === (which === 'fit' ? 0 : 1)) yield sample
    }
  }
}
