import { bestCandidate, parseBudget, tuneModel } from '@quantrx/algorithms'
import type {
  Budget,
  Measures,
  Objective,
  OperatorChoice,
  TunedCandidate,
  TunedRecipe,
} from '@quantrx/algorithms'
import type { InputOutputType } from '@quantrx/schemes'
import { writeModel } from '@quantrx/tflite'
import { Option } from 'commander'
import type { CommandDefinition } from '../command.ts'
import type { Environment } from '../environment.ts'
import { addDataOptions, openSamples, parseCount, parseRows } from '../shared/data-options.ts'
import type { DataOptions, RowRange } from '../shared/data-options.ts'
import { readModelFile } from '../shared/model-file.ts'
import { decibels, percent, printResult, table } from '../shared/output.ts'
import type { Drawing } from '../shared/output.ts'
import { observersOption } from '../shared/observer-option.ts'
import { testOptions } from '../shared/report-option.ts'
import { addRunOptions, asMainGraph, runOptions } from '../shared/run-options.ts'
import type { RunChoices } from '../shared/run-options.ts'
import { observerNamed, observerNames } from '../shared/strategies.ts'
import { writeAtomically } from '../shared/write-atomically.ts'

interface TuneOptions extends DataOptions, RunChoices {
  readonly budget: Budget
  readonly objective: Objective
  readonly test?: string
  readonly testLabels?: string
  readonly testRows?: RowRange
  readonly observers: string
  readonly io: InputOutputType
  readonly evaluations: number
  readonly out?: string
  readonly recipe?: string
  readonly json?: boolean
}

/** One candidate, as JSON. */
interface CandidateResult extends Measures {
  readonly evaluation: number
  readonly observer: string
  readonly algorithms: readonly string[]
  readonly bytes: number
  readonly met: boolean
  /** Number of operators by scheme. */
  readonly operators: Readonly<Record<string, number>>
}

/** What `tune` tells, as JSON: the best candidate, and how it was found. */
interface TuneResult extends Measures {
  readonly out: string
  readonly recipeFile: string
  readonly recipe: TunedRecipe
  readonly observer: string
  readonly algorithms: readonly string[]
  readonly budget: Budget
  readonly objective: Objective
  /** Number of candidates that were evaluated. */
  readonly evaluations: number
  readonly met: boolean
  readonly samples: number
  readonly bytes: { readonly before: number; readonly after: number }
  readonly choices: readonly OperatorChoice[]
  readonly candidates: readonly CandidateResult[]
}

/** Observers that are tried when none are named: others are known to harm some models. */
const usualObservers = observerNames.filter((name) => name === 'minmax' || name === 'mse').join(',')

/** `quantrx tune MODEL --data D --budget B`: the smallest or fastest model that keeps an accuracy budget. */
export const tune: CommandDefinition<TuneOptions> = {
  name: 'tune',
  description: 'find the smallest or fastest model that keeps an accuracy budget',
  examples: [
    {
      does: 'Find the smallest model that agrees with the float one on 95 % of the samples',
      line: "tune model.tflite --data samples.arrow --rows :20 --test test.arrow --test-rows :20 --budget 'agreement>=95%' --evaluations 3",
    },
    {
      does: 'The fastest one of 40 dB',
      line: "tune model.tflite --data samples.arrow --rows :20 --budget 'sqnr>=40dB' --objective latency --evaluations 2",
    },
  ],
  define(command, environment) {
    addRunOptions(addDataOptions(command.argument('<model>', 'float .tflite file')))
      .requiredOption('--budget <bound>', 'agreement>=90%, sqnr>=25dB or top1-drop<=2%', parseBudget)
      .addOption(
        new Option('--objective <what>', 'what is to be small')
          .choices(['size', 'latency'] satisfies Objective[])
          .default('size'),
      )
      .option('--test <source>', 'samples to judge by (default: those of --data)')
      .option('--test-labels <file>', 'their class indices')
      .option('--test-rows <a:b>', 'rows of them to use', parseRows)
      .addOption(observersOption().default(usualObservers))
      .addOption(
        new Option('--io <type>', 'type of the inputs and outputs')
          .choices(['float32', 'int8', 'uint8', 'int16'] satisfies InputOutputType[])
          .default('float32'),
      )
      .option('--evaluations <n>', 'most candidates to evaluate', parseCount, 39)
      .option('--out <file.tflite>', 'where to write the best model (default: beside the model)')
      .option('--recipe <file.json>', 'where to write its recipe (default: beside the best model)')
      .action(async (path: string, options: TuneOptions) => {
        const result = await run(path, options, environment)
        printResult(environment, options.json, result, () => draw(result))
      })
  },
}

async function run(path: string, options: TuneOptions, environment: Environment): Promise<TuneResult> {
  const { budget, objective, io, evaluations } = options
  const { signal } = environment
  const file = await readModelFile(environment, path)
  const graph = asMainGraph(file.model, options)
  const open = await openSamples(options, graph, environment)
  const test = await openTest(options, graph, environment)
  const observers = Object.fromEntries(
    options.observers.split(',').map((name) => [name.trim(), observerNamed(name.trim())]),
  )
  const candidates: TunedCandidate[] = []
  let best: TunedCandidate | undefined
  const plan = {
    ...{ open, test: test ?? open, budget, objective, observers, io, evaluations, signal },
    ...(await runOptions(options)),
  }
  for await (const { model, ...candidate } of tuneModel(file.model, plan)) {
    // Only the best model is kept: files may be large.
    candidates.push({ ...candidate, model: file.model })
    best = bestCandidate([...(best === undefined ? [] : [best]), { ...candidate, model }], objective)
    if (environment.interactive) environment.stderr(`${lineOf(summaryOf(candidate))}\n`)
  }
  const chosen = best!
  const out = options.out ?? path.replace(/(\.tflite)?$/, '.tuned.tflite')
  const recipeFile = options.recipe ?? out.replace(/(\.tflite)?$/, '.recipe.json')
  await writeAtomically(environment, out, writeModel(chosen.model))
  await writeAtomically(
    environment,
    recipeFile,
    new TextEncoder().encode(`${JSON.stringify(chosen.recipe, null, 2)}\n`),
  )
  return {
    ...{ out, recipeFile, recipe: chosen.recipe, observer: chosen.observer, algorithms: chosen.algorithms },
    ...{ budget, objective, evaluations: candidates.length, met: chosen.met, samples: chosen.samples },
    ...chosen.measures,
    bytes: { before: file.bytes, after: chosen.bytes },
    choices: chosen.choices,
    candidates: candidates.map(summaryOf),
  }
}

/** The samples to judge by; undefined where none are named. */
async function openTest(
  options: TuneOptions,
  model: Parameters<typeof openSamples>[1],
  environment: Environment,
) {
  if (options.test === undefined) {
    environment.stderr(
      'quantrx: judging by the samples of calibration; with --test, results hold for others, too\n',
    )
    return undefined
  }
  return openSamples(testOptions(options), model, environment)
}

function summaryOf(candidate: Omit<TunedCandidate, 'model'>): CandidateResult {
  const { evaluation, observer, algorithms, bytes, met, measures, choices } = candidate
  const operators: Record<string, number> = {}
  for (const { scheme } of choices) operators[scheme] = (operators[scheme] ?? 0) + 1
  return { evaluation, observer, algorithms, bytes, met, operators, ...measures }
}

const lineOf = ({ evaluation, bytes, met, agreement, outputSqnrDb }: CandidateResult): string =>
  `${evaluation}: ${bytes} bytes, agreement ${percent(agreement)}, ${decibels(outputSqnrDb)}${met ? ', within budget' : ''}`

function draw(result: TuneResult): Drawing {
  const { met, evaluations, out, recipeFile, bytes, choices, observer, algorithms, candidates } = result
  const rows = candidates.map((each) => [
    each.evaluation,
    each.observer,
    each.algorithms.join(', '),
    Object.entries(each.operators)
      .map(([scheme, count]) => `${count} ${scheme}`)
      .join(', '),
    each.bytes,
    percent(each.agreement),
    decibels(each.outputSqnrDb),
    percent(each.top1),
    each.met ? 'yes' : 'no',
  ])
  const headings = ['', 'observer', 'algorithms', 'operators', 'bytes', 'agreement', 'SQNR', 'top-1', 'met']
  const reasons = choices
    .filter(({ scheme }) => scheme !== 'int8')
    .map(({ index, name, kind, scheme, why }) => [index, kind, name, scheme, why])
  return [
    met
      ? `the budget is met, after ${evaluations} evaluations`
      : `the budget cannot be met; this is the closest of ${evaluations} candidates`,
    `wrote ${out} (${bytes.after} bytes of ${bytes.before}) and ${recipeFile}`,
    `observer ${observer}, algorithms ${algorithms.join(', ')}; int8 but for:`,
    ...(reasons.length === 0 ? ['  nothing'] : [table(['', 'kind', 'output', 'scheme', 'why'], reasons)]),
    '',
    table(headings, rows),
  ]
}
