import { allocate, elementCount, isQuantrxError } from '@quantrx/core'
import type { Calibration, Tensor } from '@quantrx/core'
import { compile } from '@quantrx/runtime'
import type { Program } from '@quantrx/runtime'
import { quantizeModel, schemes } from '@quantrx/schemes'
import type { Scheme } from '@quantrx/schemes'
import { constantBytes, multiplyAccumulates, operatorKind, readModel, writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'

/** Names of the targets. */
export const targetNames = ['read', 'compile', 'quantize'] as const

/** What a hostile file is given to. */
export type TargetName = (typeof targetNames)[number]

/** How a target took a file: it did its work, or refused it with an error of quantrx. Anything else is thrown. */
export type Verdict = 'done' | 'refused'

/** Models beyond these are sound but slow: they are compiled and not run. */
const mostArenaBytes = 2 ** 24
const mostProducts = 10 ** 8

/** Gives a file to a target. */
export async function runTarget(target: TargetName, file: Uint8Array): Promise<Verdict> {
  try {
    const model = readModel(file)
    if (target === 'read') writeModel(model, { dropUnknownFields: true })
    else if (target === 'compile') await compileAndRun(model)
    else return quantizeEach(model)
    return 'done'
  } catch (error) {
    if (isQuantrxError(error)) return 'refused'
    throw error
  }
}

async function compileAndRun(model: Model): Promise<void> {
  const arithmetic = (model.buffers?.length ?? 0) % 2 === 0 ? 'tflite' : 'xnnpack'
  const program = await compile(model, { arithmetic })
  try {
    if (program.arenaBytes <= mostArenaBytes && products(model) <= mostProducts) program.run(zeros(program))
  } finally {
    program.close()
  }
}

const zeros = ({ inputs }: Program): readonly Tensor[] =>
  inputs.map(({ type, shape }) => ({ type, shape, data: allocate(type, elementCount(shape)) }) as Tensor)

function products(model: Model): number {
  const [graph] = model.subgraphs ?? []
  const shape = (index: number | undefined): readonly number[] => graph?.tensors?.[index ?? -1]?.shape ?? []
  return (graph?.operators ?? []).reduce((sum, operator) => {
    const kind = operatorKind(model, operator)
    return sum + multiplyAccumulates(kind, shape(operator.inputs?.[1]), shape(operator.outputs?.[0]))
  }, 0)
}

/** Every scheme of the registry; what one refuses another may take. */
function quantizeEach(model: Model): Verdict {
  const calibration = madeUpCalibration(model)
  let verdict: Verdict = 'refused'
  for (const make of Object.values<() => Scheme>(schemes)) {
    try {
      const { model: quantized } = quantizeModel(model, calibration, make())
      readModel(writeModel(quantized, { dropUnknownFields: true }))
      verdict = 'done'
    } catch (error) {
      if (!isQuantrxError(error)) throw error
    }
  }
  return verdict
}

/** A range for every float activation of every subgraph. */
function madeUpCalibration(model: Model): Calibration {
  const tensors = (model.subgraphs ?? []).flatMap((graph, subgraph) =>
    (graph.tensors ?? []).flatMap((tensor, index) => {
      if (tensor.type !== 'FLOAT32' || constantBytes(model, tensor) !== undefined) return []
      const result = { min: -1 - index / 8, max: 2 + index / 4 }
      return [{ subgraph, index, name: tensor.name ?? '', result }]
    }),
  )
  return { kind: 'calibration', strategy: 'fuzz', observer: 'made up', samples: 1, tensors }
}
