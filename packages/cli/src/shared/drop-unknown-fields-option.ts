import { Option } from 'commander'

/** What the option of {@link dropUnknownFieldsOption} gives. */
export interface DropUnknownFieldsOption {
  readonly dropUnknownFields?: boolean
}

/** The option of every command that writes a model: what this version cannot read cannot be written either. */
export function dropUnknownFieldsOption(): Option {
  return new Option(
    '--drop-unknown-fields',
    'write although the model has fields that are newer than this version, which get lost',
  )
}
