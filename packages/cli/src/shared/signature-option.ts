import { Option } from 'commander'

/** Option `--signature` of the commands that run models. */
export interface SignatureOption {
  readonly signature?: string
}

/** `--signature`. */
export function signatureOption(): Option {
  return new Option('--signature <name>', 'which signature of the model to run (default: its main graph)')
}

/** Says that algorithms leave out a signature of another graph than the main one. */
export const mainGraphOnly = (algorithms: readonly string[]): string =>
  `quantrx: no samples are for the main graph, which is all that ${algorithms.join(', ')} can improve; left out\n`

/** What `compile` is told of it. */
export const signatureOf = ({ signature }: SignatureOption): SignatureOption =>
  signature === undefined ? {} : { signature }
