import { servicesOf, setOutputs } from '../control/subgraph-outputs.ts'
import type { OperatorContext, OperatorImplementation, SubgraphCall } from '../operator.ts'
import { inputAt } from '../shared/operands.ts'

/**
 * STABLEHLO_COMPOSITE: what a model has under a name of its own, such as `odml.rms_norm`, by the subgraph that says what it consists
 * of. LiteRT does so, too, but for a few names that it has kernels for.
 */
export const stablehloComposite: OperatorImplementation<'STABLEHLO_COMPOSITE'> = {
  kind: 'STABLEHLO_COMPOSITE',
  supports: ['any type'],
  sizesOutputs: true,
  calls: (context) => [decomposition(context)],
  outputShapes: (context) => servicesOf(context).outputShapes(decomposition(context)),
  prepare(context) {
    const services = servicesOf(context)
    const { decompositionSubgraphIndex } = context.options
    const operands = context.inputs.map((_, at) => inputAt(context, at))
    return () => setOutputs(context, services.run(decompositionSubgraphIndex, operands))
  },
}

function decomposition(context: OperatorContext<'STABLEHLO_COMPOSITE'>): SubgraphCall {
  const inputs = context.inputs.map((_, at) => inputAt(context, at).shape)
  return { subgraph: context.options.decompositionSubgraphIndex, inputs }
}
