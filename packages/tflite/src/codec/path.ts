import { ModelFormatError } from '@quantrx/core'

/** Where in the model something stands; rendered only when an error needs it. */
export interface Path {
  readonly parent?: Path
  readonly segment: string | number
}

/** `subgraphs[0].operators[3].inputs` */
export function renderPath(path: Path): string {
  const { parent, segment } = path
  if (parent === undefined) return String(segment)
  const before = renderPath(parent)
  return typeof segment === 'number'
    ? `${before}[${segment}]`
    : before === ''
      ? segment
      : `${before}.${segment}`
}

/** The error for bytes at `path` that are not what the format says. */
export function formatError(path: Path, found: string, expected: string): ModelFormatError {
  return new ModelFormatError({
    stage: 'model',
    subject: renderPath(path) || 'model',
    found,
    expected,
    nextStep: 'The file is damaged or no .tflite model; get it again from its source',
  })
}
