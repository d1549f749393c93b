import { UsageError } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import { Option } from 'commander'

/** A signature that is to be calibrated, and its own samples where it has some. */
export interface SignatureData {
  readonly signature?: string
  readonly data?: string
}

/** `--signature` of `quantize`, which may be given several times. */
export function signaturesOption(): Option {
  return new Option(
    '--signature <name|name=source>',
    'which signature to calibrate, on samples of its own where a source is named; once for each (default: the main graph)',
  ).argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value])
}

/**
 * What is calibrated on what: `NAME`, on the samples of --data, or `NAME=SOURCE`. The main graph where nothing is given.
 *
 * @param hasData whether there is a --data.
 * @throws UsageError for several signatures that would share the samples of --data.
 *
 * @example
 * signatureData(model, ['encode=prompts.npy', 'decode=tokens.npz'], false)
 */
export function signatureData(
  { signatureDefs = [] }: Model,
  given: readonly string[] | undefined,
  hasData: boolean,
): readonly SignatureData[] {
  const names = new Set(signatureDefs.map(({ signatureKey }) => signatureKey))
  const all = (given ?? []).map((text): SignatureData => {
    const at = text.indexOf('=')
    if (at < 0 || names.has(text)) return { signature: text }
    return { signature: text.slice(0, at), data: text.slice(at + 1) }
  })
  const sharing = all.filter(({ data }) => data === undefined)
  if (hasData && sharing.length > 1) throw shared(sharing)
  return all.length === 0 ? [{}] : all
}

function shared(sharing: readonly SignatureData[]): UsageError {
  return new UsageError({
    stage: 'command',
    subject: '--signature',
    found: `${sharing.map(({ signature }) => signature).join(', ')} on the same --data`,
    expected: 'samples for each',
    nextStep: 'Name them: --signature NAME=SOURCE',
  })
}
