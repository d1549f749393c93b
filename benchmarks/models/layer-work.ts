import { elementCount } from '@quantrx/core'
import { multiplyAccumulates, operatorKind } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'

/** How much an operator of products has to do. */
export interface LayerWork {
  readonly kind: string
  /** Height and width of the filter. */
  readonly filter: readonly [number, number]
  /** Places of the output, each with all its channels. */
  readonly positions: number
  /** Products that are added to one output. */
  readonly terms: number
  /** Products of one inference. */
  readonly products: number
}

/** Work of the operator at an index of the main subgraph; undefined for kinds that do not add up products. */
export function layerWork(model: Model, index: number): LayerWork | undefined {
  const [{ operators = [], tensors = [] } = {}] = model.subgraphs ?? []
  const operator = operators[index]
  if (operator === undefined) return undefined
  const shape = (tensor: number | undefined): readonly number[] => tensors[tensor ?? -1]?.shape ?? []
  const [weights, output] = [shape(operator.inputs?.[1]), shape(operator.outputs?.[0])]
  const [outputs, positions] = [elementCount(output), elementCount(output.slice(0, -1))]
  const kind = operatorKind(model, operator)
  const products = multiplyAccumulates(kind, weights, output)
  if (products === 0) return undefined
  const [, height = 1, width = 1] = weights.length === 4 ? weights : []
  return { kind, filter: [height, width], positions, terms: products / outputs, products }
}
