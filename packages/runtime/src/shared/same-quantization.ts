import { UnsupportedError } from '@quantrx/core'
import type { OperatorContext, RuntimeTensor } from '../operator.ts'

/**
 * Checks that an operand of an operator that does not rescale is quantized like its output, or not at all.
 *
 * @throws UnsupportedError where moving or comparing stored integers would change what they stand for.
 */
export function checkSameQuantization(
  { kind }: Pick<OperatorContext, 'kind'>,
  input: RuntimeTensor,
  output: RuntimeTensor,
): void {
  if (describe(input) === describe(output)) return
  throw new UnsupportedError({
    stage: 'runtime',
    subject: `${kind}, tensor ${input.name}`,
    found: describe(input),
    expected: `that of the output, ${describe(output)}`,
    nextStep: 'Requantize the inputs with QUANTIZE in front of the operator',
  })
}

function describe({ quantization }: RuntimeTensor): string {
  if (quantization === undefined) return 'no scale'
  return `scale ${quantization.scales.join(', ')} and zero point ${quantization.zeroPoints.join(', ')}`
}
