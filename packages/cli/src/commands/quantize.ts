import type { BestChoice } from '@quantrx/algorithms'
import type { Calibration } from '@quantrx/core'
import { trainedCalibration } from '@quantrx/schemes'
import type { InputOutputType } from '@quantrx/schemes'
import { checkUnknownFields, modelParts } from '@quantrx/tflite'
import { Option } from 'commander'
import type { CommandDefinition } from '../command.ts'
import type { Environment } from '../environment.ts'
import { calibrateOnThreads, mainPart } from '../sample-workers/calibrate-on-threads.ts'
import type { CalibratedPart, CalibrationWithMeans } from '../sample-workers/calibrate-on-threads.ts'
import { addAlgorithmOptions, chosenAlgorithms } from '../shared/algorithms-option.ts'
import type { AlgorithmName, AlgorithmsOption } from '../shared/algorithms-option.ts'
import { namesSamples, openParts } from '../shared/calibrated-parts.ts'
import type { CalibrationOptions, OpenedPart } from '../shared/calibrated-parts.ts'
import { customOperatorsOf, customOperatorsOption } from '../shared/custom-operators-option.ts'
import { addDataOptions, parseCount } from '../shared/data-options.ts'
import type { DataOptions } from '../shared/data-options.ts'
import { assumedCalibration, drawDryRun, dryRun } from '../shared/dry-run.ts'
import type { DryRunResult } from '../shared/dry-run.ts'
import { drawBest } from '../shared/draw-best.ts'
import { dropUnknownFieldsOption } from '../shared/drop-unknown-fields-option.ts'
import type { DropUnknownFieldsOption } from '../shared/drop-unknown-fields-option.ts'
import { observerOption } from '../shared/observer-option.ts'
import { inputPreparation } from '../shared/input-preparation.ts'
import type { InputPreparation } from '../shared/input-preparation.ts'
import { keepStatesOption, statesHint } from '../shared/keep-states-option.ts'
import type { KeepStatesOption } from '../shared/keep-states-option.ts'
import { leaveOutUnsupported } from '../shared/leave-out.ts'
import { readModelFile } from '../shared/model-file.ts'
import type { ModelFile } from '../shared/model-file.ts'
import { printResult, table } from '../shared/output.ts'
import type { Drawing } from '../shared/output.ts'
import { progress } from '../shared/progress.ts'
import { quantizeWith } from '../shared/quantize-with.ts'
import { addReportOptions, writeReport } from '../shared/report-option.ts'
import type { ReportOption } from '../shared/report-option.ts'
import { sampleCount } from '../shared/sample-count.ts'
import { openScheme, schemeLabel, schemeOption } from '../shared/scheme-option.ts'
import type { SchemeOption } from '../shared/scheme-option.ts'
import { signaturesOption } from '../shared/signature-data.ts'
import { mainGraphOnly } from '../shared/signature-option.ts'
import { observerNamed } from '../shared/strategies.ts'
import { threadsOption } from '../shared/threads-option.ts'
import type { ThreadsOption } from '../shared/threads-option.ts'
import { writeAtomically } from '../shared/write-atomically.ts'

interface QuantizeOptions
  extends
    DataOptions,
    ThreadsOption,
    SchemeOption,
    DropUnknownFieldsOption,
    AlgorithmsOption,
    ReportOption,
    KeepStatesOption,
    CalibrationOptions {
  readonly out?: string
  readonly observer: string
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** What `quantize` tells, as JSON. */
interface QuantizeResult {
  readonly out: string
  readonly bytes: { readonly before: number; readonly after: number }
  readonly samples: number
  /** What became of the samples before they were inputs, where there were some. */
  readonly preparation?: InputPreparation
  readonly scheme: string
  readonly observer: string
  /** As they were asked for, in the order in which they were applied. */
  readonly algorithms: readonly string[]
  /** With the algorithm `best`: the observer and the algorithms it took, and what it tried. */
  readonly best?: BestChoice
  readonly floatOperators: readonly {
    readonly index: number
    readonly kind: string
    readonly reason: string
  }[]
  readonly seconds: number
}

/** `quantrx quantize MODEL --data D`: float in, integer out. */
export const quantize: CommandDefinition<QuantizeOptions> = {
  name: 'quantize',
  description: 'turn a float model into an integer one',
  examples: [
    {
      does: 'Write model.int8.tflite beside the model, calibrated on samples',
      line: 'quantize model.tflite --data samples.arrow',
    },
    {
      does: 'Also write a page with plots, measured on other samples',
      line: 'quantize model.tflite --data samples.arrow --report report.html --test test.arrow',
    },
    {
      does: 'Choose ranges of least error, on the first 50 samples',
      line: 'quantize model.tflite --data samples.arrow --observer mse --samples 50',
    },
    {
      does: 'Integer inputs and outputs, too',
      line: 'quantize model.tflite --data samples.arrow --io int8 --out model.io.tflite',
    },
    { does: 'Integer weights alone; needs no samples', line: 'quantize model.tflite --scheme dynamic' },
    { does: 'Tell what would become of each operator', line: 'quantize model.tflite --dry-run' },
  ],
  define(command, environment) {
    addReportOptions(addAlgorithmOptions(addDataOptions(command.argument('<model>', 'float .tflite file'))))
      .option('--out <file.tflite>', 'where to write the integer model (default: beside the model)')
      .option('--dry-run', 'tell what becomes of each operator, and write nothing')
      .addOption(schemeOption())
      .addOption(observerOption())
      .addOption(
        new Option(
          '--io <type>',
          'type of the inputs and outputs (default: float32, or what the recipe says)',
        ).choices(['float32', 'int8', 'uint8', 'int16'] satisfies InputOutputType[]),
      )
      .option('--samples <n>', 'calibrate on the first n samples only', parseCount)
      .addOption(keepStatesOption())
      .addOption(threadsOption('number of threads that share the samples'))
      .addOption(
        new Option(
          '--fully-connected <granularity>',
          'weights of FULLY_CONNECTED; older runtimes need per-tensor',
        )
          .choices(['per-channel', 'per-tensor'])
          .default('per-channel'),
      )
      .addOption(signaturesOption())
      .addOption(customOperatorsOption())
      .addOption(dropUnknownFieldsOption())
      .action(async (path: string, options: QuantizeOptions) => {
        if (options.dryRun === true) {
          const plan = await runDry(path, options, environment)
          printResult(environment, options.json, plan, () => drawDryRun(plan))
        } else {
          const result = await run(path, options, environment)
          printResult(environment, options.json, result, () => draw(result))
        }
      })
  },
}

async function run(path: string, given: QuantizeOptions, environment: Environment): Promise<QuantizeResult> {
  const started = performance.now()
  const asked = await openScheme(environment, given)
  const file = await readModelFile(environment, path)
  checkUnknownFields(file.model, given)
  const chosen = chosenAlgorithms(given)
  const { scheme, ...partly } =
    given.report !== undefined || chosen.some(needsAllOutputs)
      ? { scheme: asked }
      : await leaveOutUnsupported(environment, file.model, asked, given)
  const options = { ...given, ...partly }
  const withoutSamples = scheme.needsCalibration ? trainedRanges(file, options) : uncalibrated()
  const parts = await calibratedParts(file, options, environment, withoutSamples === undefined)
  const { calibration, means } =
    withoutSamples === undefined
      ? await calibrate(file, parts, options, environment)
      : { calibration: withoutSamples, means: undefined }
  const main = mainPart(file.model, parts)
  const algorithms = main === undefined ? [] : chosen
  if (parts.length > 0 && main === undefined && chosen.length > 0) environment.stderr(mainGraphOnly(chosen))
  const { customOperators } = await customOperatorsOf(options)
  const { candidate, best } = await quantizeWith(environment, {
    ...{ model: file.model, calibration, scheme, algorithms, open: main?.open, means },
    run: { ...(customOperators && { customOperators }), ...partly },
  })
  const { byteLength, parts: bytes } = modelParts(candidate.model, options)
  const out = options.out ?? path.replace(/(\.tflite)?$/, `.${schemeLabel(options)}.tflite`)
  const content = options.report === undefined ? [] : [...bytes]
  await writeAtomically(environment, out, options.report === undefined ? bytes : content)
  const shown = main ?? parts[0]
  const reported = shown?.data === undefined ? options : { ...options, data: shown.data }
  await writeReport(environment, reported, {
    path,
    file,
    out,
    content,
    candidate,
    algorithms,
    ...(best && { best }),
    run: shown?.run ?? {},
  })
  return {
    out,
    bytes: { before: file.bytes, after: byteLength },
    samples: calibration.samples,
    ...(parts.length === 0 ? {} : { preparation: inputPreparation(options, file.model) }),
    scheme: candidate.scheme,
    observer: scheme.needsCalibration ? candidate.observer : calibration.observer,
    algorithms,
    ...(best && { best }),
    floatOperators: candidate.floatOperators,
    seconds: Math.round(performance.now() - started) / 1000,
  }
}

/** Algorithms that judge by what comes out of the model, as reports do, or that scale operators together. */
const needsAllOutputs = (name: AlgorithmName): boolean => name === 'best' || name === 'equalize'

async function runDry(path: string, given: QuantizeOptions, environment: Environment): Promise<DryRunResult> {
  const asked = await openScheme(environment, given)
  const file = await readModelFile(environment, path)
  const { scheme, ...partly } = await leaveOutUnsupported(environment, file.model, asked, given)
  const options = { ...given, ...partly }
  const calibration =
    scheme.needsCalibration && namesSamples(file.model, options)
      ? await calibrateFor(file, options, environment)
      : assumedCalibration(file.model)
  return dryRun(file.model, scheme, calibration)
}

/** What is calibrated, on which samples; nothing where the scheme needs none and none are given. */
async function calibratedParts(
  { model }: ModelFile,
  options: QuantizeOptions,
  environment: Environment,
  needed: boolean,
): Promise<readonly OpenedPart[]> {
  if (!needed && !namesSamples(model, options) && options.algorithm === undefined) return []
  return openParts(model, options, environment)
}

async function calibrateFor(
  file: ModelFile,
  options: QuantizeOptions,
  environment: Environment,
): Promise<Calibration> {
  const parts = await calibratedParts(file, options, environment, true)
  return (await calibrate(file, parts, options, environment)).calibration
}

async function calibrate(
  model: ModelFile,
  parts: readonly CalibratedPart[],
  options: QuantizeOptions,
  environment: Environment,
): Promise<CalibrationWithMeans> {
  const { threads, observer: observerName, keepStates = false } = options
  const observer = observerNamed(observerName)
  const hint = statesHint(model.model, options)
  if (hint !== undefined) environment.stderr(hint)
  const line = progress(environment, 'calibrating', 'samples', sampleCount(options))
  try {
    return await calibrateOnThreads(environment, {
      ...{ threads, model, observer, observerName, keepStates, parts },
      onSample: (done) => line.update(done),
    })
  } finally {
    line.finish()
  }
}

/** What stands for a calibration where no samples are named: what quantization-aware training has left in the model, if anything. */
function trainedRanges({ model }: ModelFile, options: QuantizeOptions): Calibration | undefined {
  const asksForSamples = namesSamples(model, options) || options.algorithm !== undefined
  return asksForSamples ? undefined : trainedCalibration(model)
}

/** Schemes that quantize weights alone look at no samples. */
function uncalibrated(): Calibration {
  return { kind: 'calibration', strategy: 'none', observer: 'none', samples: 0, tensors: [] }
}

function draw({
  out,
  bytes,
  samples: count,
  scheme,
  observer,
  algorithms,
  best,
  floatOperators,
  seconds,
}: QuantizeResult): Drawing {
  const ratio = ((bytes.after / bytes.before) * 100).toFixed(1)
  const summary = [
    `wrote ${out}: ${bytes.after} bytes, ${ratio} % of ${bytes.before}`,
    [
      ...[`scheme ${scheme}`, `observer ${observer}`, ...(best?.algorithms ?? algorithms)],
      ...[`${count} samples`, `${seconds} s`],
    ].join(', '),
    ...(best === undefined ? [] : ['', ...drawBest(best)]),
  ]
  if (floatOperators.length === 0) return summary
  const rows = floatOperators.map(({ index, kind, reason }) => [index, kind, reason])
  return [...summary, '', 'stayed float:', table(['operator', 'kind', 'reason'], rows)]
}
