import type { CompileOptions } from '@quantrx/runtime/run'
import { subgraphOf } from '@quantrx/runtime/run'
import type { Model } from '@quantrx/tflite'
import type { Command } from 'commander'
import { customOperatorsOf, customOperatorsOption } from './custom-operators-option.ts'
import type { CustomOperatorsOption } from './custom-operators-option.ts'
import { signatureOption } from './signature-option.ts'
import type { SignatureOption } from './signature-option.ts'

/** What the command line says of running a model; plain data, for workers. */
export interface RunChoices
  extends SignatureOption, CustomOperatorsOption, Pick<CompileOptions, 'unsupportedOperators'> {}

/** Adds the options of {@link RunChoices} to a command. */
export function addRunOptions(command: Command): Command {
  return command.addOption(signatureOption()).addOption(customOperatorsOption())
}

/** The part of a command's options that says what is run. */
export const runChoices = ({ signature, customOperators, unsupportedOperators }: RunChoices): RunChoices => ({
  ...(signature === undefined ? {} : { signature }),
  ...(customOperators === undefined ? {} : { customOperators }),
  ...(unsupportedOperators === undefined ? {} : { unsupportedOperators }),
})

/**
 * What programs are told of it; loads the custom operators.
 *
 * @throws UsageError for a module that exports none.
 */
export async function runOptions({
  signature,
  customOperators,
  unsupportedOperators,
}: RunChoices): Promise<Pick<CompileOptions, 'signature' | 'customOperators' | 'unsupportedOperators'>> {
  return {
    ...(signature === undefined ? {} : { signature }),
    ...(unsupportedOperators === undefined ? {} : { unsupportedOperators }),
    ...(await customOperatorsOf({ ...(customOperators && { customOperators }) })),
  }
}

/**
 * The model as samples of a signature see it: its inputs are those of the main graph. Metadata tells of the real one only.
 *
 * @throws UsageError for a signature that the model does not have.
 */
export function asMainGraph(model: Model, { signature }: SignatureOption): Model {
  const subgraph = subgraphOf(model, signature === undefined ? {} : { signature })
  if (subgraph === 0) return model
  const { metadata: _metadata, ...others } = model
  return { ...others, subgraphs: [model.subgraphs![subgraph]!] }
}
