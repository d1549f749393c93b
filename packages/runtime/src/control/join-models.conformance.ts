import type { Model, SubGraph } from '@quantrx/tflite'

/** One model with the subgraphs of several models of one subgraph each, for tests. */
export function joinModels(...models: readonly Model[]): Model {
  let [codes, buffers] = [0, 0]
  const subgraphs = models.map((model): SubGraph => {
    const { tensors = [], operators = [], ...graph } = model.subgraphs![0]!
    const moved = {
      ...graph,
      tensors: tensors.map((tensor) => ({
        ...tensor,
        buffer: tensor.buffer === 0 ? 0 : tensor.buffer + buffers,
      })),
      operators: operators.map((operator) => ({ ...operator, opcodeIndex: operator.opcodeIndex + codes })),
    }
    codes += model.operatorCodes!.length
    buffers += model.buffers!.length
    return moved
  })
  return {
    ...models[0]!,
    operatorCodes: models.flatMap(({ operatorCodes = [] }) => operatorCodes),
    buffers: models.flatMap(({ buffers: own = [] }) => own),
    subgraphs,
  }
}
