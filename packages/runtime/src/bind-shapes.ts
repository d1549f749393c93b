import type { Sample, Shape } from '@quantrx/core'
import { sameShape } from '@quantrx/core'
import type { Model, Tensor } from '@quantrx/tflite'
import { shapeFits } from './bind-input.ts'
import type { RunOptions } from './compile.ts'
import { subgraphOf } from './signature.ts'
import { isOpen } from './tensor-table.ts'

/** True for a subgraph with inputs whose shapes the file leaves open: `shapeSignature` has a -1. */
export function hasOpenInputs(model: Model, subgraph = 0): boolean {
  return inputsOf(model, subgraph).some(isOpen)
}

/**
 * The input shapes that a sample asks for: the stored ones where it fits them, its own where the file leaves them open. The
 * batch dimension may be left out of a sample, and so may a trailing channel of 1.
 *
 * @returns undefined where the stored shapes are to be kept; a sample that does not fit them is told so when it is run.
 *
 * @example
 * await compile(model, { inputShapes: inputShapesFor(model, 0, sample) })
 */
export function inputShapesFor(
  model: Model,
  subgraph: number,
  { inputs }: Pick<Sample, 'inputs'>,
): readonly Shape[] | undefined {
  const tensors = inputsOf(model, subgraph)
  const shapes = tensors.map((tensor, at) => openShape(tensor, inputs[at]?.shape ?? []))
  const changed = shapes.some((shape, at) => !sameShape(shape, tensors[at]?.shape ?? []))
  return changed ? shapes : undefined
}

/**
 * Options for running a model on samples like this one: with the shapes it asks for, where the options give none.
 *
 * @example
 * const program = await compile(model, shapedFor(model, options, sample))
 */
export function shapedFor<Options extends RunOptions>(
  model: Model,
  options: Options,
  sample: Pick<Sample, 'inputs'>,
): Options {
  if (options.inputShapes !== undefined) return options
  const inputShapes = inputShapesFor(model, subgraphOf(model, options), sample)
  return inputShapes === undefined ? options : { ...options, inputShapes }
}

/** True where options leave to samples what shapes the inputs have. */
export function waitsForSample(model: Model, options: RunOptions): boolean {
  return options.inputShapes === undefined && hasOpenInputs(model, subgraphOf(model, options))
}

function inputsOf({ subgraphs = [] }: Model, subgraph: number): readonly Tensor[] {
  const graph = subgraphs[subgraph]
  return (graph?.inputs ?? []).flatMap((index) => graph?.tensors?.[index] ?? [])
}

function openShape(tensor: Tensor, sample: Shape): Shape {
  const stored = (tensor.shape ?? []).map((size) => (size === -1 ? 1 : size))
  if (!isOpen(tensor) || shapeFits(stored, sample)) return stored
  const signature = tensor.shapeSignature ?? tensor.shape ?? []
  const fits = (shape: Shape): boolean =>
    shape.length === signature.length && signature.every((size, axis) => size === -1 || size === shape[axis])
  return [sample, [1, ...sample], [...sample, 1], [1, ...sample, 1]].find(fits) ?? stored
}
