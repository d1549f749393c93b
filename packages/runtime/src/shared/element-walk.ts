import { ShapeError, bytesPerElement, formatShape, sameShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { copyElements } from '@quantrx/kernels'
import type { ElementWalk, Words } from '@quantrx/kernels'
import type { BuiltinOperator } from '@quantrx/tflite'
import type { OperatorContext, OperatorImplementation, RuntimeTensor, Step } from '../operator.ts'
import { generateWalk } from './generate-walk.ts'
import { inputAt, outputAt, unsupportedTypes } from './operands.ts'

type AnyContext = Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>

/** What an operator supports that moves elements without looking at them. */
export const anyType = ['any type, the same in input and output'] as const

/** The memory of a tensor as unsigned integers, so that elements keep every bit when they are moved. */
export interface TensorWords {
  readonly words: Words
  /** Entries that make up one element. */
  readonly perElement: number
}

/** The memory of a tensor as unsigned integers of 8, 16 or 32 bits. */
export function wordsOf({ type, data }: Pick<RuntimeTensor, 'type' | 'data'>): TensorWords {
  const { buffer, byteOffset, byteLength } = data
  const bytes = bytesPerElement(type)
  if (bytes === 1) return { words: new Uint8Array(buffer, byteOffset, byteLength), perElement: 1 }
  if (bytes === 2) return { words: new Uint16Array(buffer, byteOffset, byteLength / 2), perElement: 1 }
  return { words: new Uint32Array(buffer, byteOffset, byteLength / 4), perElement: bytes / 4 }
}

/** Prepares an operator that moves elements of one input, at position `at`, to its only output. */
export function prepareWalk(context: AnyContext, walkOf: (shape: Shape) => ElementWalk, at = 0): Step {
  const [input, output] = [inputAt(context, at), outputAt(context)]
  return walkStep(context, input, output, walkOf(input.shape))
}

/** An operator that moves elements of its first input to its only output, as a walk of the shape of the input says. */
export function walkOperator<Kind extends BuiltinOperator>(
  kind: Kind,
  walkOf: (context: OperatorContext<Kind>, shape: Shape) => ElementWalk,
): OperatorImplementation<Kind> {
  return {
    kind,
    supports: anyType,
    outputShapes: (context) => [walkOf(context, inputAt(context, 0).shape).shape],
    prepare: (context) => prepareWalk(context, (shape) => walkOf(context, shape)),
    divides: true,
    generate(context, options) {
      const [input, output] = [inputAt(context, 0), outputAt(context)]
      const walk = walkOf(context, input.shape)
      checkWalk(context, input, output, walk)
      return generateWalk(input, [output], [walk], options)
    },
  }
}

/**
 * A step that copies elements of `input` to `output`.
 *
 * @throws as {@link checkWalk} does.
 */
export function walkStep(
  context: AnyContext,
  input: RuntimeTensor,
  output: RuntimeTensor,
  walk: ElementWalk,
): Step {
  checkWalk(context, input, output, walk)
  const [from, to] = [wordsOf(input), wordsOf(output)]
  const copy = copyElements(walk, from.perElement)
  return () => copy(from.words, to.words)
}

/**
 * Checks that a walk leads from `input` to `output`.
 *
 * @throws UnsupportedError when they differ in type.
 * @throws ShapeError when the walk leads to another shape than that of the output.
 */
export function checkWalk(
  context: AnyContext,
  input: RuntimeTensor,
  output: RuntimeTensor,
  { shape }: ElementWalk,
): void {
  if (input.type !== output.type) throw unsupportedTypes(context, anyType)
  checkOutputShape(context, output, shape)
}

/**
 * Checks that an operator's output has the shape that follows from its operands.
 *
 * @throws ShapeError when it has not.
 */
export function checkOutputShape({ kind }: AnyContext, output: RuntimeTensor, expected: Shape): void {
  if (sameShape(output.shape, expected)) return
  throw new ShapeError({
    stage: 'runtime',
    subject: `${kind}, tensor ${output.name}`,
    found: `output shape ${formatShape(output.shape)}`,
    expected: formatShape(expected),
  })
}
