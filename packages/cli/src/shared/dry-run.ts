import type { Calibration } from '@quantrx/core'
import { describePlan, quantizableModel } from '@quantrx/schemes'
import type { OperatorDescription, Scheme } from '@quantrx/schemes'
import { constantBytes } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { table } from './output.ts'
import type { Drawing } from './output.ts'

/** What `quantize --dry-run` tells, as JSON. */
export interface DryRunResult {
  readonly scheme: string
  readonly samples: number
  /** Every operator that computes with real numbers, and what becomes of it. */
  readonly operators: readonly OperatorDescription[]
}

/** Plans a model without writing anything. */
export function dryRun(model: Model, scheme: Scheme, calibration: Calibration): DryRunResult {
  const { model: float, shared, sourceIndex } = quantizableModel(model)
  const operators = describePlan(float, scheme.plan(float, calibration, shared)).map((operator) => ({
    ...operator,
    index: sourceIndex(operator.subgraph, operator.index),
  }))
  return { scheme: scheme.name, samples: calibration.samples, operators }
}

/** A calibration without samples, of the same range for all activations: which operators a scheme takes hardly depends on it. */
export function assumedCalibration(model: Model): Calibration {
  const tensors = (model.subgraphs ?? []).flatMap(({ tensors: all = [] }, subgraph) =>
    all.flatMap((tensor, index) => {
      if (tensor.type !== 'FLOAT32' || constantBytes(model, tensor) !== undefined) return []
      return [{ subgraph, index, name: tensor.name ?? '', result: { min: -1, max: 1 } }]
    }),
  )
  return { kind: 'calibration', strategy: 'none', observer: 'none', samples: 0, tensors }
}

/** The result for people: a row for each operator. */
export function drawDryRun({ scheme, samples, operators }: DryRunResult): Drawing {
  const float = operators.filter((operator) => operator.float).length
  const basis = samples === 0 ? 'no samples' : `${samples} samples`
  const several = operators.some(({ subgraph }) => subgraph !== 0)
  const rows = operators.map(({ subgraph, index, kind, name, activations, weights, reason }) => [
    several ? `${subgraph}:${index}` : index,
    ...[kind, activations, weights, name, reason],
  ])
  return [
    `scheme ${scheme}, ${basis}: ${operators.length - float} operators change, ${float} stay float; nothing was written`,
    '',
    table(['operator', 'kind', 'activations', 'weights', 'output', 'stays float because'], rows),
  ]
}
