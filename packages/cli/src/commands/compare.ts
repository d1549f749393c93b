import { compareLayers } from '@quantrx/evaluators'
import type { LayerComparison } from '@quantrx/evaluators'
import type { CommandDefinition } from '../command.ts'
import { arithmeticOption } from '../shared/arithmetic-option.ts'
import type { ArithmeticOption } from '../shared/arithmetic-option.ts'
import { addDataOptions, openSamples } from '../shared/data-options.ts'
import type { DataOptions } from '../shared/data-options.ts'
import { readModelFile } from '../shared/model-file.ts'
import { decibels, printResult, table } from '../shared/output.ts'
import type { Drawing, Table } from '../shared/output.ts'
import { progress } from '../shared/progress.ts'
import { addRunOptions, asMainGraph, runOptions } from '../shared/run-options.ts'
import type { RunChoices } from '../shared/run-options.ts'
import { sampleCount } from '../shared/sample-count.ts'

interface CompareOptions extends DataOptions, ArithmeticOption, RunChoices {
  readonly json?: boolean
}

/** `quantrx compare FLOAT MODEL --data D`: the error of every layer. */
export const compare: CommandDefinition<CompareOptions> = {
  name: 'compare',
  description: 'measure the error of every layer against the float model',
  examples: [
    {
      does: 'Show the error of every layer, over the first 20 samples',
      line: 'compare model.tflite model.int8.tflite --data test.arrow --rows :20',
    },
  ],
  define(command, environment) {
    addDataOptions(
      command.argument('<float>', 'float .tflite file').argument('<model>', 'integer .tflite file'),
    ).addOption(arithmeticOption())
    addRunOptions(command).action(async (floatPath: string, path: string, options: CompareOptions) => {
      const float = await readModelFile(environment, floatPath)
      const other = await readModelFile(environment, path)
      const open = await openSamples(options, asMainGraph(other.model, options), environment)
      const line = progress(environment, 'comparing', 'samples', sampleCount(options))
      try {
        const result = await compareLayers(float.model, other.model, open, {
          arithmetic: options.arithmetic,
          ...(await runOptions(options)),
          signal: environment.signal,
          onSample: (done) => line.update(done),
        })
        line.finish()
        printResult(environment, options.json, result, () => draw(result))
      } finally {
        line.finish()
      }
    })
  },
}

function draw({ samples, layers, unmatched }: LayerComparison): Drawing {
  const rows = layers.map(({ index, kind, name, sqnrDb, maxAbs }) => [
    index,
    kind,
    decibels(sqnrDb),
    maxAbs.toPrecision(4),
    name,
  ])
  const lines: (string | Table)[] = [
    `${samples} samples`,
    '',
    table(['operator', 'kind', 'SQNR', 'max |error|', 'output'], rows),
  ]
  if (unmatched.length > 0) {
    const missing = unmatched.map(({ index, kind, name }) => [index, kind, name])
    lines.push('', 'without a counterpart:', table(['operator', 'kind', 'output'], missing))
  }
  return lines
}
