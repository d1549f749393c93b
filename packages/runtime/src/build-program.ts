import { ShapeError, UsageError } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import { bindInput } from './bind-input.ts'
import { checkGraph } from './graph.ts'
import type { GraphOperator, GraphOptions } from './graph.ts'
import { link } from './link.ts'
import type { LinkedGraph } from './link.ts'
import type { RuntimeTensor } from './operator.ts'
import type { Program, TensorVisitor } from './program.ts'
import { resetVariable, variablesOf } from './variables.ts'

/** A program of exactly what the options say, whether it is of use here or not. */
export async function buildProgram(model: Model, options: GraphOptions): Promise<Program> {
  const { arithmetic, innerLoop, subgraph } = options
  const graph = checkGraph(model, options)
  const { inputs, outputs, operators } = graph
  const linked = await link(graph, options.turbo)
  const { arenaBytes, liveBytes, threads } = linked
  const variables = variablesOf(operators)
  const reset = (): void => variables.forEach(resetVariable)
  reset()
  let closed = false
  return {
    ...{ arithmetic, innerLoop, subgraph, threads, arenaBytes, liveBytes, inputs, outputs, variables, reset },
    turbo: 'off',
    operators: operators.map(({ index, kind, context, kernels }) => ({
      ...{ index, kind, outputs: context.outputs },
      kernel: kernels[0]?.kernel.name ?? 'reference',
    })),
    run: (samples, visit) => {
      if (closed) throw closedError()
      runOnce(inputs, operators, linked, samples, visit)
      return outputs
    },
    scan: linked.scan,
    close: () => {
      if (!closed) linked.close()
      closed = true
    },
  }
}

function closedError(): UsageError {
  return new UsageError({
    stage: 'infer',
    subject: 'program',
    found: 'a run after close()',
    expected: 'a program that is open',
    nextStep: 'Compile the model again, or close the program later',
  })
}

function runOnce(
  inputs: readonly RuntimeTensor[],
  operators: readonly GraphOperator[],
  { run }: LinkedGraph,
  samples: readonly Tensor[],
  visit?: TensorVisitor,
): void {
  if (samples.length !== inputs.length) {
    throw new ShapeError({
      stage: 'infer',
      subject: 'inputs',
      found: `${samples.length} tensors`,
      expected: `${inputs.length}, one for each of ${inputs.map(({ name }) => name).join(', ')}`,
    })
  }
  inputs.forEach((input, at) => bindInput(input, samples[at]!))
  if (visit === undefined) {
    run(0, operators.length)
    return
  }
  inputs.forEach(visit)
  operators.forEach(({ context }, at) => {
    run(at, at + 1)
    context.outputs.forEach(visit)
  })
}
