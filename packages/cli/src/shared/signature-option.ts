import { Option } from 'commander'

/** Option `--signature` of the commands that run models. */
export interface SignatureOption {
  readonly signature?: string
}

/** `--signature`. */
export function signatureOption(): Option {
  return new Option('--signature <name>', 'which signature of the model to run (default: its main graph)')
}

/** What `compile` is told of it. */
export const signatureOf = ({ signature }: SignatureOption): SignatureOption =>
  signature === undefined ? {} : { signature }
