import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { PadParameters } from '../../ops/pad/pad.ts'
import { constant, fillMemory } from '../assembler/expression.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'
import { emitElementFill } from './element-fill.ts'
import { emitStridedCopy } from './strided-copy.ts'
import type { StridedCopy } from './strided-copy.ts'

/** PAD: the output is filled, then the input is copied into it. */
export function padKernel(parameters: PadParameters, share?: Share): GeneratedKernel {
  const fill: EmitFill = (f, target, bytes) =>
    f.emit(fillMemory(constant(target), constant(parameters.fillByte), constant(bytes)))
  return placingKernel(parameters, share, () => fill)
}

/** PADV2: the same, filled with the element that the second input holds. */
export function padValueKernel(parameters: Placement, share?: Share): GeneratedKernel {
  return placingKernel(parameters, share, (value) => (f, target, bytes) => {
    emitElementFill(f, value, parameters.bytesPerElement, target, bytes)
  })
}

type Placement = Omit<PadParameters, 'fillByte'>

/** Writes the code that fills bytes from an address on. */
type EmitFill = (f: FunctionBuilder, target: number, bytes: number) => void

function placingKernel(
  placement: Placement,
  share: Share | undefined,
  fillWith: (value: number) => EmitFill,
): GeneratedKernel {
  const { inputAt, outputAt, ...slice } = sliceOutput(withLeadingAxis(placement), share)
  const copy = paddedCopy(slice.parameters)
  const bytes = elementCount(paddedShape(slice.parameters)) * placement.bytesPerElement
  const isPadded = [...placement.before, ...placement.after].some((amount) => amount > 0)
  return {
    name: 'bytes',
    constants: [],
    scratchBytes: 0,
    emit(f, { inputs: [input = 0, value = 0], output }) {
      const target = output + outputAt
      if (isPadded) fillWith(value)(f, target, bytes)
      emitStridedCopy(f, copy, input + inputAt, target)
    },
  }
}

function withLeadingAxis(parameters: Placement): Placement {
  const { inputShape, before, after } = parameters
  return { ...parameters, inputShape: [1, ...inputShape], before: [0, ...before], after: [0, ...after] }
}

const paddedShape = ({ inputShape, before, after }: Placement): Shape =>
  inputShape.map((size, axis) => before[axis]! + size + after[axis]!)

/** A part of a padding that is one itself, and where it starts, in bytes. */
interface PadSlice {
  readonly parameters: Placement
  readonly inputAt: number
  readonly outputAt: number
}

/** The share of the output along its first axis of more than one position. */
function sliceOutput(parameters: Placement, share: Share | undefined): PadSlice {
  const { inputShape, before, after } = parameters
  const outputShape = paddedShape(parameters)
  const axis = Math.max(
    0,
    outputShape.findIndex((size) => size > 1),
  )
  const { from, to } = spanOf(outputShape[axis]!, share)
  const start = before[axis]!
  const end = start + inputShape[axis]!
  const inside = (position: number): number => Math.min(Math.max(position, start), end)
  return {
    parameters: {
      ...parameters,
      inputShape: inputShape.with(axis, inside(to) - inside(from)),
      before: before.with(axis, Math.max(0, Math.min(start, to) - from)),
      after: after.with(axis, Math.max(0, to - Math.max(end, from))),
    },
    inputAt: (inside(from) - start) * stepOf(parameters, inputShape, axis),
    outputAt: from * stepOf(parameters, outputShape, axis),
  }
}

/** Bytes from one position of an axis to the next. */
const stepOf = ({ bytesPerElement }: Placement, shape: Shape, axis: number): number =>
  elementCount(shape.slice(axis + 1)) * bytesPerElement

function paddedCopy(parameters: Placement): StridedCopy {
  const { inputShape, before } = parameters
  const outputShape = paddedShape(parameters)
  const loops = inputShape.map((count, axis) => ({
    count,
    steps: [stepOf(parameters, inputShape, axis), stepOf(parameters, outputShape, axis)],
  }))
  return {
    sourceAt: 0,
    targetAt: before.reduce((sum, amount, axis) => sum + amount * loops[axis]!.steps[1]!, 0),
    rowBytes: parameters.bytesPerElement,
    loops,
  }
}
