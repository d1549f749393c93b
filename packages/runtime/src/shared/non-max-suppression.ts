import { ShapeError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { nonMaxSuppression } from '@quantrx/kernels'
import type { ChosenBox } from '@quantrx/kernels'
import { shapeTensor } from '../dynamic/set-tensor.ts'
import type { OperatorContext, RuntimeTensor, Step } from '../operator.ts'
import { checkOutputShape } from './element-walk.ts'
import { dataAs, inputAt } from './operands.ts'
import { constantInteger } from './parts.ts'

type BoxesContext = OperatorContext<'NON_MAX_SUPPRESSION_V4' | 'NON_MAX_SUPPRESSION_V5'>

/**
 * Outputs are as long as a constant says, with zeros behind what was chosen; where it is computed, they are as long as there are
 * chosen boxes, and known when it runs.
 */
export function chosenShapes(context: BoxesContext): readonly Shape[] {
  const length = constantInteger(context, inputAt(context, 2))
  return context.outputs.map((_, at) => (at === context.outputs.length - 1 ? [] : [length]))
}

/** An output with one element for each box, or with the number of boxes. */
export interface ChosenOutput {
  readonly tensor: RuntimeTensor
  readonly type: 'float32' | 'int32'
  readonly valuesOf: (chosen: readonly ChosenBox[]) => readonly number[]
  readonly single?: boolean
}

/** The outputs that both versions have. */
export const indicesOfBoxes = (chosen: readonly ChosenBox[]): readonly number[] =>
  chosen.map(({ index }) => index)
export const numberOfBoxes = ({ length }: readonly ChosenBox[]): readonly number[] => [length]

/**
 * Prepares the choice of boxes.
 *
 * @throws UnsupportedError for other types than float32, and int32 for counts and indices.
 * @throws ShapeError, when it runs, for operands that do not fit.
 */
export function prepareChoice(context: BoxesContext, outputs: readonly ChosenOutput[]): Step {
  for (const { tensor, type } of outputs) dataAs(context, tensor, type)
  const soft = context.kind === 'NON_MAX_SUPPRESSION_V5'
  for (const at of soft ? [0, 1, 3, 4, 5] : [0, 1, 3, 4]) dataAs(context, inputAt(context, at), 'float32')
  const most = inputAt(context, 2)
  dataAs(context, most, 'int32')
  return () => {
    const chosen = choose(context, soft)
    const length = most.constant ? Number(most.data[0]) : chosen.length
    for (const { tensor, type, valuesOf, single = false } of outputs) {
      const shape = single ? [] : [length]
      if (tensor.dynamic === true) shapeTensor(tensor, shape)
      checkOutputShape(context, tensor, shape)
      const values = dataAs(context, tensor, type)
      values.fill(0)
      values.set(valuesOf(chosen))
    }
  }
}

function choose(context: BoxesContext, soft: boolean): readonly ChosenBox[] {
  const [boxes, scores] = [inputAt(context, 0), inputAt(context, 1)]
  const count = scores.shape[0]
  if (
    boxes.shape.length !== 2 ||
    boxes.shape[1] !== 4 ||
    boxes.shape[0] !== count ||
    scores.shape.length !== 1
  )
    throw refused(context, `boxes ${formatShape(boxes.shape)} and scores ${formatShape(scores.shape)}`)
  const limits = {
    count: limitAt(context, 2, 0),
    overlap: limitAt(context, 3),
    score: limitAt(context, 4),
    sigma: soft ? limitAt(context, 5, 0) : 0,
  }
  return nonMaxSuppression(boxes.data as Float32Array, scores.data as Float32Array, limits)
}

function limitAt(context: BoxesContext, at: number, lowest = -Infinity): number {
  const { name, data } = inputAt(context, at)
  const value = Number(data[0])
  if (data.length === 1 && value >= lowest) return value
  throw refused(context, `${data.length} values, ${value} the first, in ${name}`)
}

const refused = ({ kind }: BoxesContext, found: string): ShapeError =>
  new ShapeError({
    stage: 'runtime',
    subject: kind,
    found,
    expected: 'boxes of 4 values, a score for each, and limits of one value, a number of boxes not negative',
  })
