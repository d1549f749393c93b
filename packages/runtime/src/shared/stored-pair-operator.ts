import { wasm } from '@quantrx/kernels'
import type { BuiltinOperator } from '@quantrx/tflite'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { inputAt, outputAt } from './operands.ts'
import { pairOperator } from './pair-operator.ts'
import { pairRows } from './pair-rows.ts'
import { refuseOtherScale } from './same-scale.ts'

/** An operator that chooses between two numbers as they are stored, so that all its tensors are quantized alike. */
export function storedPairOperator<Kind extends BuiltinOperator>(
  kind: Kind,
  choose: <Value extends number | bigint>(a: Value, b: Value) => Value,
  extreme: wasm.Extreme,
): OperatorImplementation<Kind> {
  const plain = pairOperator(kind, {
    ...{ float32: choose<number>, int8: choose<number>, uint8: choose<number>, int16: choose<number> },
    ...{ int32: choose<number>, int64: choose<bigint> },
  })
  return {
    ...plain,
    prepare(context) {
      refuseOtherScales(context)
      return plain.prepare(context)
    },
    divides: true,
    generate(context, { share }) {
      refuseOtherScales(context)
      const [a, b, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
      const type = generatedTypes.find((each) => each === output.type)
      if (type === undefined || a.type !== type || b.type !== type) return undefined
      const kernel = wasm.extremeOfPairKernel(type, extreme, pairRows(context), share)
      return { kernel, inputs: [a, b], output }
    },
  }
}

const generatedTypes = ['float32', 'int32', 'int16', 'int8', 'uint8'] as const

function refuseOtherScales(context: OperatorContext): void {
  for (const at of [0, 1]) refuseOtherScale(context, inputAt(context, at), outputAt(context))
}
