import type { Opener } from '@quantrx/core'

/**
 * Whether the first sample of a source has a label; false for an empty source. The source is closed behind it.
 *
 * @example
 * const metrics = (await hasLabels(open)) ? [top1()] : []
 */
export async function hasLabels(open: Opener, signal?: AbortSignal): Promise<boolean> {
  const abort = new AbortController()
  const signals = signal === undefined ? abort.signal : AbortSignal.any([signal, abort.signal])
  try {
    for await (const { label } of open(signals)) return label !== undefined
    return false
  } finally {
    abort.abort()
  }
}
