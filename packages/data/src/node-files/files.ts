import type { Opener } from '@quantrx/core'
import type { ArrowColumns } from '../arrow-format/columns.ts'
import { dataError } from '../data-error.ts'
import { npyRows } from '../npy/npy.ts'
import { fileSource } from './file-source.ts'

/**
 * An opener for the rows of a `.npy` file; see `npy`. The file is read in pieces and closed at the end, on errors, and when
 * reading stops early.
 *
 * @example
 * samples(npyFile('pixels.npy'))
 */
export function npyFile(path: string): Opener {
  return npyRows(() => fileSource(path))
}

/**
 * An opener for the rows of an Arrow IPC file or stream on disk; see `arrow`. Needs the package `apache-arrow`. The file
 * is read batch by batch and closed at the end, on errors, and when reading stops early.
 *
 * @example
 * samples(arrowFile('samples.arrow', { label: 'class' }))
 */
export function arrowFile(path: string, columns: ArrowColumns = {}): Opener {
  return async function* (signal) {
    const { arrowRows } = await arrowSupport(path)
    yield* arrowRows(() => fileSource(path), columns)(signal)
  }
}

/** Loaded when it is needed, so that other files can be read without the package. */
async function arrowSupport(path: string) {
  try {
    return await import('../arrow-format/read.ts')
  } catch (cause) {
    const advice = 'Run npm install apache-arrow'
    throw dataError(path, 'no package apache-arrow to read it with', 'it to be installed', advice, cause)
  }
}
