import { QuantrxError } from '@quantrx/core'
import { recipe } from '@quantrx/schemes'
import type { InputOutputType, Scheme } from '@quantrx/schemes'
import { Option } from 'commander'
import { suggest } from '../command-line/option-values.ts'
import type { Environment } from '../environment.ts'
import { schemeNamed, schemeNames } from './strategies.ts'

/** What the command line says of the scheme. */
export interface SchemeOption {
  /** A name, or the path of a recipe. */
  readonly scheme: string
  readonly io?: InputOutputType
  readonly fullyConnected: 'per-channel' | 'per-tensor'
}

const isRecipe = (text: string): boolean => text.endsWith('.json')

/** `--scheme`, which names a scheme or a recipe file. */
export function schemeOption(): Option {
  const option = new Option(
    '--scheme <name|file.json>',
    `what becomes an integer: ${schemeNames.join(', ')}, or a recipe file ending in .json`,
  )
  return suggest(option, schemeNames).default('int8')
}

/** The scheme as part of the name of a file. */
export function schemeLabel({ scheme }: SchemeOption): string {
  return isRecipe(scheme) ? scheme.replace(/^.*[/\\]/, '').replace(/\.json$/, '') : scheme
}

/**
 * The scheme that the command line asks for.
 *
 * @throws UsageError for an unknown name, and for a mistake in a recipe, naming its place.
 * @throws QuantrxError for a recipe that cannot be read or is no JSON.
 */
export async function openScheme({ files }: Environment, options: SchemeOption): Promise<Scheme> {
  const { scheme, io, fullyConnected } = options
  if (!isRecipe(scheme)) {
    const perChannelFullyConnected = fullyConnected === 'per-channel'
    return schemeNamed(scheme, { io: io ?? 'float32', perChannelFullyConnected })
  }
  const text = new TextDecoder().decode(await readRecipe(files, scheme))
  return recipe(parsed(text, scheme), io === undefined ? {} : { io })
}

async function readRecipe(files: Environment['files'], path: string): Promise<Uint8Array> {
  try {
    return await files.readFile(path)
  } catch (cause) {
    const missing = (cause as { code?: string }).code === 'ENOENT'
    throw new QuantrxError({
      ...{ stage: 'command', subject: path, found: missing ? 'no such file' : String(cause) },
      ...{ expected: 'a recipe in JSON', nextStep: 'Check the path of the recipe', cause },
    })
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new QuantrxError({
      ...{ stage: 'command', subject: path, found: (cause as Error).message, expected: 'JSON', cause },
    })
  }
}
