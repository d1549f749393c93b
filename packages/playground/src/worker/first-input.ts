import type { InputTarget } from '@quantrx/data'
import { dataTypeOf } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'

/** What files that are a sample each become: the first input of the main graph. */
export function firstInput({ subgraphs: [graph] = [] }: Model): InputTarget | undefined {
  const tensor = graph?.tensors?.[graph.inputs?.[0] ?? -1]
  return tensor && { shape: tensor.shape ?? [], type: dataTypeOf(tensor) ?? 'float32' }
}
