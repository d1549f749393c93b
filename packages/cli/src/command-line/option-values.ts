import type { Option } from 'commander'

/** What can stand after an option. */
export interface OptionValues {
  /** Values that are known; others may be right, too. */
  readonly known: readonly string[]
  /** Whether several can be given, with commas between. */
  readonly list: boolean
  /** Extensions of the files whose paths can be given; empty for files of any kind, undefined where it takes none. */
  readonly files: readonly string[] | undefined
}

const suggestions = new WeakMap<Option, { readonly known: readonly string[]; readonly list: boolean }>()

/** Says which values of an option are known, for completion; returns the option. */
export function suggest(option: Option, known: readonly string[], { list = false } = {}): Option {
  suggestions.set(option, { known, list })
  return option
}

/** What can stand after an option, undefined after one that takes nothing. Paths are told by its placeholder. */
export function optionValues(option: Option): OptionValues | undefined {
  if (!option.required && !option.optional) return undefined
  const { known = option.argChoices ?? [], list = false } = suggestions.get(option) ?? {}
  return { known, list, files: fileExtensions(option.flags) }
}

/** Placeholders such as `<file>`, `<file.wasm>`, `<folder>`, `<source>` or `<name|file.json>` stand for paths. */
export function fileExtensions(flags: string): readonly string[] | undefined {
  const placeholder = /[<[]([^>\]]*)[>\]]/.exec(flags)?.[1] ?? ''
  const path = placeholder.split('|').find((each) => /^(file|folder|source|model|float)\b/.test(each))
  if (path === undefined) return undefined
  if (path === 'model' || path === 'float') return ['.tflite']
  const extension = /\.\w+$/.exec(path)?.[0]
  return extension === undefined ? [] : [extension]
}

/** Whether a value of an option is a path: always, or by its extension where names are possible, too. Addresses are none. */
export function isPath(option: Option, value: string): boolean {
  const extensions = fileExtensions(option.flags)
  if (extensions === undefined || /^[a-z]+:\/\//i.test(value)) return false
  return !option.flags.includes('|') || extensions.some((extension) => value.endsWith(extension))
}
