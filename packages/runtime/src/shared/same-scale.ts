import { UnsupportedError } from '@quantrx/core'
import type { OperatorContext, RuntimeTensor } from '../operator.ts'

/**
 * Refuses an input that is quantized otherwise than the output: TensorFlow Lite copies stored integers without rescaling,
 * so different scales would change the values.
 *
 * @throws UnsupportedError naming the input.
 */
export function refuseOtherScale(
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

const describe = ({ quantization }: RuntimeTensor): string =>
  quantization === undefined
    ? 'no scale'
    : `scale ${quantization.scales.join(', ')} and zero point ${quantization.zeroPoints.join(', ')}`
