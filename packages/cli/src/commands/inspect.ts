import type { CommandDefinition } from '../command.ts'
import { customOperatorsOf, customOperatorsOption } from '../shared/custom-operators-option.ts'
import type { CustomOperatorsOption } from '../shared/custom-operators-option.ts'
import { describeContents } from '../shared/describe-contents.ts'
import type { ModelContents } from '../shared/describe-contents.ts'
import { describeModel } from '../shared/describe-model.ts'
import type { ModelDescription, TensorSummary } from '../shared/describe-model.ts'
import { drawContents } from '../shared/draw-contents.ts'
import { readModelFile } from '../shared/model-file.ts'
import { facts, printResult, table } from '../shared/output.ts'
import type { Drawing } from '../shared/output.ts'
import { plannedModel } from '../shared/planned-model.ts'
import type { PlannedMemory } from '../shared/planned-model.ts'

interface InspectOptions extends CustomOperatorsOption {
  readonly json?: boolean
}

/** `quantrx inspect MODEL`: what is inside. */
export const inspect: CommandDefinition<InspectOptions> = {
  name: 'inspect',
  description: 'show what is inside a model',
  examples: [
    { does: 'Show what is inside', line: 'inspect model.tflite' },
    { does: 'The same as JSON', line: 'inspect model.tflite --json' },
  ],
  define(command, environment) {
    command
      .argument('<model>', '.tflite file')
      .addOption(customOperatorsOption())
      .action(async (path: string, { json, ...options }: InspectOptions) => {
        const { model, bytes } = await readModelFile(environment, path)
        const { memory, shapes } = await plannedModel(model, await customOperatorsOf(options))
        const result = { ...describeModel(model, bytes, shapes), ...describeContents(model), ...memory }
        printResult(environment, json, result, () => draw(result))
      })
  },
}

function draw(description: ModelDescription & ModelContents & PlannedMemory): Drawing {
  const { inputs, outputs, operators, parameters, macs, bytes, quantized } = description
  const tensors = [
    ...inputs.map((tensor) => ['input', ...cells(tensor)]),
    ...outputs.map((tensor) => ['output', ...cells(tensor)]),
  ]
  return [
    table(['', 'name', 'type', 'shape', 'quantization'], tensors),
    '',
    table(['operator', 'count'], Object.entries(operators)),
    '',
    facts([
      ['parameters', parameters.toLocaleString('en')],
      ['multiply-accumulates', macs.toLocaleString('en')],
      ['bytes', bytes.toLocaleString('en')],
      ['quantized', quantized ? 'yes' : 'no'],
      ['memory to run', drawMemory(description)],
    ]),
    ...drawContents(description),
  ]
}

function drawMemory({ arenaBytes, liveBytes, cannotRun }: PlannedMemory): string {
  if (arenaBytes === null || liveBytes === null) return `unknown: ${cannotRun}`
  return `${arenaBytes.toLocaleString('en')} bytes, of which ${liveBytes.toLocaleString('en')} are needed at one moment`
}

function cells({ name, type, shape, scale, zeroPoint }: TensorSummary): string[] {
  return [
    name,
    type,
    `[${shape.join(', ')}]`,
    scale === undefined ? '' : `scale ${scale}, zero point ${zeroPoint}`,
  ]
}
