import type { Model, Operator } from '@quantrx/tflite'

/**
 * The same model with another subgraph in the place of the main one, which takes that one's place: what algorithms work on is the
 * main graph. Signatures and operators that name subgraphs name the same ones as before. Done twice, it gives the model again.
 *
 * @param subgraph Index of the subgraph that becomes the main one.
 *
 * @example
 * const tuned = withMainGraph(await work(withMainGraph(model, 2)), 2)
 */
export function withMainGraph(model: Model, subgraph: number): Model {
  if (subgraph === 0) return model
  const { subgraphs = [], signatureDefs } = model
  const moved = (index: number): number => (index === subgraph ? 0 : index === 0 ? subgraph : index)
  const graphs = subgraphs.map((_, at) => {
    const graph = subgraphs[moved(at)]!
    const { operators } = graph
    return operators === undefined
      ? graph
      : { ...graph, operators: operators.map((operator) => withMoved(operator, moved)) }
  })
  const signatures = signatureDefs?.map((each) => ({ ...each, subgraphIndex: moved(each.subgraphIndex) }))
  return { ...model, subgraphs: graphs, ...(signatures && { signatureDefs: signatures }) }
}

function withMoved(operator: Operator, moved: (index: number) => number): Operator {
  const { builtinOptions, builtinOptions2 } = operator
  return {
    ...operator,
    ...(builtinOptions && { builtinOptions: optionsMoved(builtinOptions, moved) }),
    ...(builtinOptions2 && { builtinOptions2: optionsMoved(builtinOptions2, moved) }),
  }
}

/** How the schema calls fields of options that are indices of subgraphs. */
const namesSubgraph = /subgraph|calledComputations/i

function optionsMoved<Options extends object>(options: Options, moved: (index: number) => number): Options {
  const movedValue = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(movedValue) : typeof value === 'number' ? moved(value) : value
  const fields = Object.entries(options) as readonly (readonly [string, unknown])[]
  if (!fields.some(([name]) => namesSubgraph.test(name))) return options
  return Object.fromEntries(
    fields.map(([name, value]) => [name, namesSubgraph.test(name) ? movedValue(value) : value]),
  ) as Options
}
