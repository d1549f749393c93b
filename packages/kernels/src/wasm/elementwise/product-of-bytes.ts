import { productFactor, xnnpackTakesProduct } from '../../ops/mul/integer.ts'
import { squareStored } from '../../ops/mul/square.ts'
import type { Epilogue } from '../epilogue/epilogue.ts'
import { floatRequantizeEpilogue } from '../epilogue/requantize-float.ts'
import type { RequantizeEpilogueOptions } from '../epilogue/requantize-float.ts'
import { integerRequantizeEpilogue } from '../epilogue/requantize-integer.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { holdsZeroPoint } from './bytes.ts'
import type { ByteParameters } from './bytes.ts'
import { beginCentered, largestProduct, productOf } from './centered-bytes.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { beginRequantized, blockChannels } from './requantize-block.ts'
import { storedMapKernel } from './stored-map.ts'
import { broadcastWalk } from './walk.ts'

/**
 * MUL on 8-bit integers, equal to the reference bit for bit in either arithmetic.
 *
 * @returns undefined for zero points outside of the type.
 */
export function productOfBytesKernel(parameters: ByteParameters, share?: Share): GeneratedKernel | undefined {
  const { type, a, b, rows, sameOperand = false } = parameters
  if (!holdsZeroPoint(type, a.zeroPoint) || !holdsZeroPoint(type, b.zeroPoint)) return undefined
  if (sameOperand && xnnpackTakesProduct(parameters))
    return storedMapKernel(type, type, squareStored(parameters), rows.length, share)
  const epilogue = productEpilogue(parameters)
  return elementwiseKernel(
    {
      ...{ name: type, operandBytes: 1, outputBytes: 1, blockElements: 16 },
      ...{ constants: [epilogue.parameters], scratchBytes: 0 },
      begin(f, { constants: [parametersAt = 0] }) {
        const [toFirst, toSecond] = [a, b].map(({ zeroPoint }) => beginCentered(f, type, zeroPoint))
        const requantize = beginRequantized(f, epilogue, parametersAt)
        const products = Array.from({ length: 4 }, () => f.local('v128'))
        return ({ operands: [first, second], output, elements }) => {
          const halves = [toFirst!(first!), toSecond!(second!)] as const
          products.forEach((product, quad) => f.set(product, productOf(halves, quad)))
          requantize(products, output, elements)
        }
      },
    },
    broadcastWalk(rows),
    share,
  )
}

function productEpilogue(parameters: ByteParameters): Epilogue {
  const { type, output, range } = parameters
  const arithmetic = xnnpackTakesProduct(parameters) ? 'xnnpack' : 'tflite'
  const options: RequantizeEpilogueOptions = {
    ...{ arithmetic, range, outputType: type, zeroPoint: output.zeroPoint },
    scales: [productFactor(parameters)],
    bias: new Int32Array(blockChannels),
  }
  return arithmetic === 'xnnpack'
    ? floatRequantizeEpilogue(options)
    : integerRequantizeEpilogue(options, new Float64Array(blockChannels).fill(largestProduct))
}
