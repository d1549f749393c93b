import type { Opener, Tensor } from '@quantrx/core'
import { samples } from '@quantrx/data'
import { agreement, compareLayers, evaluateModel, realInputs, sqnr, top1 } from '@quantrx/evaluators'
import type { AnyMetric, LayerError } from '@quantrx/evaluators'
import { distribution, observe } from '@quantrx/observers'
import type { Disagreement, Measure, ReportDocument } from '@quantrx/report'
import { compile, infer, shapedFor, subgraphOf } from '@quantrx/runtime'
import type { RunOptions } from '@quantrx/runtime'
import type { Model } from '@quantrx/tflite'
import { lastValueFrom } from 'rxjs'
import { limit } from '../shared/limit.ts'
import { publishedClassNames } from '../shared/model-classes.ts'
import { disagreements, remembering } from './disagreements.ts'
import { fileFacts } from './file-facts.ts'
import { programTimes } from './layer-times.ts'
import type { ProgramTimes } from './layer-times.ts'
import { tensorFacts } from './tensor-facts.ts'
import { weightFacts } from './weight-facts.ts'

/** A model and the bytes of its file. */
export interface ReportedModel {
  readonly path: string
  readonly model: Model
  readonly content: Uint8Array
}

/** What a report is to be about. */
export interface ReportPlan extends Pick<
  ReportDocument,
  'scheme' | 'observer' | 'floatOperators' | 'recipe' | 'calibration' | 'decisions' | 'config'
> {
  readonly source: ReportedModel
  readonly result: ReportedModel
  readonly test: { readonly name: string; readonly open: Opener }
  readonly arithmetic: RunOptions['arithmetic']
  /** Names of the classes in the order of the outputs; as the model's metadata says by default. */
  readonly classNames?: readonly string[]
  /** Which signature is run, and what runs custom operators. */
  readonly run?: Pick<RunOptions, 'signature' | 'customOperators'>
  readonly signal: AbortSignal
  readonly onSample?: (done: number) => void
}

/** Layers and activations are looked into on no more samples than these: more would show the same. */
const inspected = 100

/**
 * Runs both models on the test samples and collects everything that a report shows. Memory does not grow with the samples.
 *
 * @throws what the stages throw.
 */
export async function collectReport(plan: ReportPlan): Promise<ReportDocument> {
  const { source, result, test, arithmetic = 'tflite', run = {}, signal } = plan
  const some = limit(test.open, inspected)
  const accuracy = await measureAccuracy(plan)
  const { layers } = await compareLayers(source.model, result.model, some, { arithmetic, ...run, signal })
  const seen = await lastValueFrom(
    samples(some, { signal }).pipe(infer(source.model, run), observe({ values: distribution() })),
  )
  const { float, integer } = await measureTimes(plan)
  const { scheme, observer, floatOperators, recipe, calibration, decisions, config } = plan
  const before = await fileFacts(source.path, source.content)
  const classNames = plan.classNames ?? (await namesFor(source.model, run))
  return {
    title: before.name,
    ...{
      source: before,
      result: await fileFacts(result.path, result.content),
      calibration,
      scheme,
      observer,
      recipe,
      floatOperators,
    },
    ...(decisions && { decisions }),
    ...(config && { config }),
    test: { name: test.name, samples: accuracy.samples },
    inspected: Math.min(inspected, accuracy.samples),
    measures: accuracy.measures,
    latency: { float: float.inference, integer: integer.inference },
    layers: layers.map((layer) => withLatency(layer, float, integer)),
    tensors: tensorFacts(result.model, seen),
    weights: weightFacts(source.model),
    disagreements: accuracy.disagreements,
    ...(classNames && { classNames }),
  }
}

/** Metadata tells of the main graph only. */
const namesFor = async (model: Model, run: Pick<RunOptions, 'signature'>) =>
  subgraphOf(model, run) === 0 ? publishedClassNames(model) : undefined

async function measureAccuracy({ source, result, test, arithmetic, run, signal, onSample }: ReportPlan) {
  const memory = remembering(test.open)
  const labelled = (await firstSample(test.open, signal))?.label !== undefined
  const metrics: AnyMetric[] = [...(labelled ? [top1()] : []), agreement(), sqnr(), disagreements(memory)]
  const evaluation = await evaluateModel({
    ...{ model: result.model, reference: source.model, open: memory.open, metrics, signal, ...run },
    ...(arithmetic === undefined ? {} : { arithmetic }),
    ...(onSample === undefined ? {} : { onSample }),
  })
  const own = evaluation.metrics as Readonly<Record<string, unknown>>
  const float = evaluation.floatMetrics as Readonly<Record<string, number>>
  const measure = (key: string, name: string, unit: Measure['unit']): Measure[] =>
    own[key] === undefined
      ? []
      : [
          {
            name,
            unit,
            integer: own[key] as number,
            ...(float[key] === undefined ? {} : { float: float[key] }),
          },
        ]
  return {
    samples: evaluation.samples,
    measures: [
      ...measure('top1', 'top-1', 'share'),
      ...measure('agreement', 'agreement', 'share'),
      ...measure('sqnr', 'output SQNR', 'decibels'),
    ],
    disagreements: own['disagreements'] as readonly Disagreement[],
  }
}

async function firstSample(open: Opener, signal: AbortSignal) {
  for await (const sample of limit(open, 1)(signal)) return sample
  return undefined
}

/** Both programs on the first sample. */
async function measureTimes({ source, result, test, arithmetic = 'tflite', run, signal }: ReportPlan) {
  const inputs: readonly Tensor[] = (await firstSample(test.open, signal))?.inputs ?? []
  const given = { arithmetic, floatProducts: 'fused', ...run } as const
  const options = shapedFor(result.model, given, { inputs })
  const program = await compile(result.model, options)
  const floatProgram = await compile(source.model, options)
  return {
    integer: programTimes(program, inputs),
    float: programTimes(floatProgram, realInputs(program, inputs)),
  }
}

function withLatency(layer: LayerError, float: ProgramTimes, integer: ProgramTimes) {
  const [before, after] = [float.layers.get(layer.name), integer.layers.get(layer.name)]
  return before === undefined || after === undefined
    ? layer
    : { ...layer, latency: { float: before, integer: after } }
}
