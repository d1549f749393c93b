import { ShapeError } from '@quantrx/core'
import { UsageError } from '@quantrx/core'
import { setTensor } from '../dynamic/set-tensor.ts'
import type { OperatorContext, ProgramServices, RuntimeTensor } from '../operator.ts'

/**
 * The services of an operator's program.
 *
 * @throws UsageError where an operator that needs them is prepared alone.
 */
export function servicesOf({ kind, services }: Pick<OperatorContext, 'kind' | 'services'>): ProgramServices {
  if (services !== undefined) return services
  throw new UsageError({ stage: 'runtime', subject: kind, found: 'no program', expected: 'one around it' })
}

/**
 * Copies what a subgraph gave to an operator's outputs.
 *
 * @throws ShapeError when there are more or fewer, or they do not fit.
 */
export function setOutputs({ kind, outputs }: OperatorContext, values: readonly RuntimeTensor[]): void {
  if (values.length !== outputs.length) {
    throw new ShapeError({
      stage: 'runtime',
      subject: kind,
      found: `${values.length} values`,
      expected: `${outputs.length}, one for each output`,
    })
  }
  outputs.forEach((output, at) => setTensor(output, values[at]!))
}

/** Whether a tensor of one bool is true. */
export function isTrue({ kind }: OperatorContext, tensor: RuntimeTensor | undefined): boolean {
  if (tensor?.type === 'bool' && tensor.data.length === 1) return tensor.data[0] !== 0
  throw new ShapeError({
    stage: 'runtime',
    subject: `${kind}, condition`,
    found: tensor === undefined ? 'none' : `${tensor.data.length} values of type ${tensor.type}`,
    expected: 'one bool',
  })
}
