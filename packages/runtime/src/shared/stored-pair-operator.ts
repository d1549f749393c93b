import type { BuiltinOperator } from '@quantrx/tflite'
import type { OperatorImplementation } from '../operator.ts'
import { inputAt, outputAt } from './operands.ts'
import { pairOperator } from './pair-operator.ts'
import { refuseOtherScale } from './same-scale.ts'

/** An operator that chooses between two numbers as they are stored, so that all its tensors are quantized alike. */
export function storedPairOperator<Kind extends BuiltinOperator>(
  kind: Kind,
  choose: <Value extends number | bigint>(a: Value, b: Value) => Value,
): OperatorImplementation<Kind> {
  const plain = pairOperator(kind, {
    ...{ float32: choose<number>, int8: choose<number>, uint8: choose<number>, int16: choose<number> },
    ...{ int32: choose<number>, int64: choose<bigint> },
  })
  return {
    ...plain,
    prepare(context) {
      for (const at of [0, 1]) refuseOtherScale(context, inputAt(context, at), outputAt(context))
      return plain.prepare(context)
    },
  }
}
