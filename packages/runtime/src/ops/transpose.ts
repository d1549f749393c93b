import { bytesPerElement } from '@quantrx/core'
import { transposeWalk, wasm } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions, OperatorContext, OperatorImplementation } from '../operator.ts'
import { anyType, checkOutputShape, walkOperator } from '../shared/element-walk.ts'
import { constantIntegers, inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'

const walkOf = (context: OperatorContext<'TRANSPOSE'>, shape: readonly number[]) =>
  transposeWalk(shape, constantIntegers(context, inputAt(context, 1)))

/** TRANSPOSE by a constant permutation. */
export const transpose: OperatorImplementation<'TRANSPOSE'> = {
  ...walkOperator('TRANSPOSE', walkOf),
  generate,
  divides: true,
}

function generate(context: OperatorContext<'TRANSPOSE'>, { share }: GenerateOptions): BoundKernel {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  if (input.type !== output.type) throw unsupportedTypes(context, anyType)
  checkOutputShape(context, output, walkOf(context, input.shape).shape)
  const permutation = constantIntegers(context, inputAt(context, 1))
  const kernel = wasm.transposeKernel(input.shape, permutation, bytesPerElement(input.type), share)
  return { kernel, inputs: [input], output }
}
