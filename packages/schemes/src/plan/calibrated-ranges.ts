import { StageError } from '@quantrx/core'
import type { Calibration, Range } from '@quantrx/core'
import type { GraphView } from './graph-view.ts'

/**
 * The calibrated ranges of a graph by tensor index. What comes back throws a StageError for a tensor without a range, with a
 * range that is none, or with another name than the calibration has.
 */
export function calibratedRanges(graph: GraphView, calibration: Calibration): (index: number) => Range {
  const own = calibration.tensors.filter(({ subgraph }) => subgraph === graph.subgraph)
  const ranges = new Map(own.map((tensor) => [tensor.index, tensor]))
  return (index) => {
    const tensor = ranges.get(index)
    // No sample has values for a tensor without any.
    if (tensor === undefined && graph.tensor(index)?.shape?.includes(0) === true) return { min: 0, max: 0 }
    if (tensor === undefined) throw uncalibrated(graph, calibration, index)
    if (graph.tensor(index)?.name !== undefined && tensor.name !== graph.tensor(index)?.name) {
      throw otherModel(graph, calibration, index, tensor.name)
    }
    return finiteRange(graph, calibration, index, tensor.result)
  }
}

/** Ranges of the values of constants, and of what a calibration knows, as it knows it; undefined for everything else. */
export function knownRanges(
  graph: GraphView,
  calibration: Calibration,
): (index: number) => Range | undefined {
  const own = calibration.tensors.filter(({ subgraph }) => subgraph === graph.subgraph)
  const ranges = new Map<number, Range>(own.map(({ index, result }) => [index, result]))
  return (index) => {
    const known = ranges.get(index)
    const values = known === undefined ? graph.floatConstant(index) : undefined
    if (values === undefined) return known
    const range = values.reduce(
      ({ min, max }, value) => ({ min: Math.min(min, value), max: Math.max(max, value) }),
      { min: Infinity, max: -Infinity },
    )
    ranges.set(index, range)
    return range
  }
}

function finiteRange(graph: GraphView, calibration: Calibration, index: number, range: Range): Range {
  if (Number.isFinite(range.min) && Number.isFinite(range.max) && range.min <= range.max) return range
  throw new StageError({
    stage: 'quantize',
    subject: `strategy ${calibration.strategy}, tensor ${graph.nameOf(index)}`,
    found: `the range ${range.min} to ${range.max}`,
    expected: 'finite numbers in ascending order',
    nextStep: 'Check the observer and the samples',
  })
}

function uncalibrated(graph: GraphView, calibration: Calibration, index: number): StageError {
  return new StageError({
    stage: 'quantize',
    subject: `strategy ${calibration.strategy}, tensor ${graph.nameOf(index)}`,
    found: 'no calibrated range',
    expected: 'one for every float tensor of the model',
    nextStep: calibration.samples === 0 ? 'Calibrate on samples' : 'Calibrate with this very model',
  })
}

function otherModel(graph: GraphView, calibration: Calibration, index: number, name: string): StageError {
  return new StageError({
    stage: 'quantize',
    subject: `strategy ${calibration.strategy}, tensor ${index}`,
    found: `a calibration of "${name}"`,
    expected: `one of "${graph.nameOf(index)}"`,
    nextStep: 'Calibrate with this very model',
  })
}
