import { productFactor, xnnpackTakesProduct } from '../../ops/mul/integer.ts'
import { squareStored } from '../../ops/mul/square.ts'
import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { Epilogue } from '../epilogue/epilogue.ts'
import { floatRequantizeEpilogue } from '../epilogue/requantize-float.ts'
import type { RequantizeEpilogueOptions } from '../epilogue/requantize-float.ts'
import { integerRequantizeEpilogue } from '../epilogue/requantize-integer.ts'
import { hoist } from '../hoist.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { extensions, holdsZeroPoint } from './bytes.ts'
import type { ByteParameters, ByteType } from './bytes.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import type { BlockOperand } from './operator.ts'
import { beginRequantized, blockChannels } from './requantize-block.ts'
import { storedMapKernel } from './stored-map.ts'
import { broadcastWalk } from './walk.ts'

/** The largest product of two 8-bit integers less their zero points. */
const largestProduct = 255 * 255

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

type Halves = readonly Local<'v128'>[]

/** Takes sixteen stored integers to int16 less the zero point, the lower eight and the upper eight. */
function beginCentered(
  f: FunctionBuilder,
  type: ByteType,
  zeroPoint: number,
): (operand: BlockOperand) => Halves {
  const bytes = f.local('v128')
  const halves = [f.local('v128'), f.local('v128')]
  const offset = zeroPoint === 0 ? undefined : hoist(f, new Int16Array(8).fill(zeroPoint))
  return (operand) => {
    f.set(bytes, operand.vector(0))
    halves.forEach((half, index) => {
      const extended = operation(extensions[type][index]!, get(bytes))
      f.set(half, offset === undefined ? extended : operation('i16x8.sub', extended, get(offset)))
    })
    return halves
  }
}

/** The products of a quarter of the elements. */
function productOf([a, b]: readonly [Halves, Halves], quad: number) {
  const half = quad >> 1
  const multiply = quad % 2 === 0 ? 'i32x4.extmul_low_i16x8_s' : 'i32x4.extmul_high_i16x8_s'
  return operation(multiply, get(a[half]!), get(b[half]!))
}
