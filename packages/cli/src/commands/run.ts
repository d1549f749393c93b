import { DataError, checkFinite } from '@quantrx/core'
import type { DataType, Sample } from '@quantrx/core'
import { encodeNpy } from '@quantrx/data'
import { openDataFile } from '@quantrx/data/node'
import { compile, shapedFor } from '@quantrx/runtime/run'
import type { CompileOptions, Program } from '@quantrx/runtime/run'
import type { Model } from '@quantrx/tflite'
import type { CommandDefinition } from '../command.ts'
import type { Environment } from '../environment.ts'
import { arithmeticOption } from '../shared/arithmetic-option.ts'
import type { ArithmeticOption } from '../shared/arithmetic-option.ts'
import { breathing } from '../shared/breathing.ts'
import { readModelFile } from '../shared/model-file.ts'
import { printResult, table } from '../shared/output.ts'
import type { Drawing } from '../shared/output.ts'
import { joinedRows, numbersOfRows, outputRow, shapeOfRows } from '../shared/output-rows.ts'
import type { OutputRow, OutputRows } from '../shared/output-rows.ts'
import { addRunOptions, runOptions } from '../shared/run-options.ts'
import type { RunChoices } from '../shared/run-options.ts'
import { tellTurbo, turboOption } from '../shared/turbo-option.ts'
import type { TurboOption } from '../shared/turbo-option.ts'
import { writeAtomically } from '../shared/write-atomically.ts'

interface RunCommandOptions extends ArithmeticOption, TurboOption, RunChoices {
  readonly input: string
  readonly output?: string
  readonly json?: boolean
}

/** `quantrx run MODEL --input X.npy`: one inference per row. */
export const run: CommandDefinition<RunCommandOptions> = {
  name: 'run',
  description: 'run one inference per row of a data file',
  examples: [
    {
      does: 'Run every row of a file, and write the outputs',
      line: 'run model.int8.tflite --input test.arrow --output outputs.npy',
    },
    { does: 'Show them as JSON', line: 'run model.int8.tflite --input test.arrow --json' },
  ],
  define(command, environment) {
    command
      .argument('<model>', '.tflite file')
      .requiredOption('--input <source>', 'samples, one per row: .npy, .arrow, .arrows or .feather')
      .option(
        '--output <file.npy>',
        'where to write the first output; further ones go to file.1.npy and so on',
      )
      .addOption(arithmeticOption())
      .addOption(turboOption())
    addRunOptions(command).action(async (path: string, options: RunCommandOptions) => {
      const outputs = await runRows(path, options, environment)
      if (options.output !== undefined) await writeOutputs(outputs, options.output, environment)
      const shown = outputs.map(shownRows)
      printResult(environment, options.json, { outputs: shown }, () => draw(shown))
    })
  },
}

async function runRows(
  path: string,
  options: RunCommandOptions,
  environment: Environment,
): Promise<readonly OutputRows[]> {
  const { model } = await readModelFile(environment, path)
  const open = breathing(await openDataFile(options.input))
  const { arithmetic, turbo = false } = options
  const given = { arithmetic, turbo, ...(await runOptions(options)) }
  let program: Program | undefined
  const rows: OutputRow[][] = []
  for await (const sample of open(environment.signal)) {
    environment.signal.throwIfAborted()
    checkFinite(sample, 'data')
    program ??= await compileFor(model, given, sample, environment)
    program.run(sample.inputs).forEach((output, at) => (rows[at] ??= []).push(outputRow(output)))
  }
  if (program === undefined) {
    throw new DataError({ stage: 'data', subject: options.input, found: 'no rows', expected: 'at least one' })
  }
  return program.outputs.map(({ name, type }, at) => ({ name, type, rows: rows[at] ?? [] }))
}

/** Where the file leaves sizes open, those of the first row decide them. */
async function compileFor(
  model: Model,
  options: CompileOptions,
  sample: Sample,
  environment: Environment,
): Promise<Program> {
  const program = await compile(model, shapedFor(model, options, sample))
  tellTurbo(environment, program.turbo)
  return program
}

async function writeOutputs(
  outputs: readonly OutputRows[],
  path: string,
  environment: Environment,
): Promise<void> {
  // Before any of them is written, since what cannot be one array is no file.
  const files = outputs.map((output) => encodeNpy(joinedRows(output)))
  for (const [at, bytes] of files.entries())
    await writeAtomically(environment, at === 0 ? path : path.replace(/(\.npy)?$/, `.${at}.npy`), bytes)
}

/** What is printed of an output. */
interface ShownRows {
  readonly name: string
  readonly type: DataType
  /** Rows first, then the shape of one output without its batch dimension of 1. */
  readonly shape: readonly number[]
  readonly values: readonly (readonly number[])[]
}

function shownRows(output: OutputRows): ShownRows {
  const { name, type } = output
  return { name, type, shape: shapeOfRows(output), values: numbersOfRows(output) }
}

function draw(outputs: readonly ShownRows[]): Drawing {
  return outputs.flatMap(({ name, type, shape, values }, at) => {
    const shown = values.slice(0, 10).map((row, index) => [index, preview(row)])
    const more = values.length > shown.length ? [`… ${values.length - shown.length} more rows`] : []
    return [
      ...(at === 0 ? [] : ['']),
      `${name}: ${type} [${shape.join(', ')}]`,
      table(['row', 'values'], shown),
      ...more,
    ]
  })
}

function preview(row: readonly number[]): string {
  const shown = row
    .slice(0, 12)
    .map((value) => (Number.isInteger(value) ? String(value) : value.toPrecision(4)))
  return row.length > shown.length ? `${shown.join(' ')} …` : shown.join(' ')
}
