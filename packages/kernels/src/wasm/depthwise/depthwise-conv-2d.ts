import type { DepthwiseConv2dGeometry } from '../../ops/depthwise-conv-2d/geometry.ts'
import { constant, load } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import {
  batchStride,
  emitPaddedInput,
  needsNoCopy,
  paddedBytes,
  paddedInput,
  preparedBytes,
  rowStride,
} from '../convolution/padded-input.ts'
import type { InputForm, PaddedInput } from '../convolution/padded-input.ts'
import { splitEvenly } from '../convolution/split.ts'
import type { Epilogue } from '../epilogue/epilogue.ts'
import type { GeneratedKernel, KernelAddresses } from '../kernel.ts'
import { float32Taps, int16Taps } from './taps.ts'
import type { DepthwiseLoop, Tap, TapStrides } from './taps.ts'

/** What a generated DEPTHWISE_CONV_2D is made of. */
export interface DepthwiseConv2dOptions {
  readonly geometry: DepthwiseConv2dGeometry
  readonly form: Exclude<InputForm, { readonly kind: 'uint8' }>
  readonly epilogue: Epilogue
  /** `[1, height, width, outputChannels]`, zero points subtracted. */
  readonly filter: Float32Array | Int16Array
  /** Order of float32 sums. */
  readonly order: 'rows' | 'columns'
}

const tilePositions = 4
/** Vectors of weights that stay in registers beside the sums. */
const weightRegisters = 9

/**
 * DEPTHWISE_CONV_2D on a padded copy of the input, four channels and several positions at a time. Depth multipliers are left to
 * the reference.
 *
 * @returns undefined for what it does not compute.
 */
export function depthwiseConv2dKernel(options: DepthwiseConv2dOptions): GeneratedKernel | undefined {
  const { geometry, form, epilogue } = options
  const { outputHeight, outputWidth, batches, outputChannels, depthMultiplier } = geometry
  if (depthMultiplier !== 1 || batches * outputHeight * outputWidth * outputChannels === 0) return undefined
  const columnStride = Math.ceil(outputChannels / 4) * 4 * preparedBytes[form.kind]
  const input = paddedInput(geometry, form, columnStride)
  const loop = depthwiseLoop(options)
  const inPlace = needsNoCopy(input)
  return {
    name: loop.name,
    constants: [packTaps(options, loop), epilogue.parameters],
    scratchBytes: inPlace ? 0 : paddedBytes(input) + 64,
    emit(f, addresses) {
      const [from = 0] = addresses.inputs
      if (!inPlace) emitPaddedInput(f, input, from, addresses.scratch)
      emitChannels(f, options, loop, input, inPlace ? from : addresses.scratch, addresses)
    },
  }
}

function depthwiseLoop({ geometry, form, order }: DepthwiseConv2dOptions): DepthwiseLoop {
  const { filterHeight: rows, filterWidth: columns } = geometry
  if (form.kind === 'int16') return int16Taps(rows, columns)
  const taps: Tap[] = []
  const [slow, fast] = order === 'rows' ? [rows, columns] : [columns, rows]
  for (let a = 0; a < slow; a++) {
    for (let b = 0; b < fast; b++) taps.push(order === 'rows' ? { row: a, column: b } : { row: b, column: a })
  }
  return float32Taps(taps)
}

/** Weights by four channels, then vectors, then channels, then the taps of a vector. */
function packTaps(
  { geometry, filter }: DepthwiseConv2dOptions,
  { vectors }: DepthwiseLoop,
): Float32Array | Int16Array {
  const { outputChannels, filterWidth } = geometry
  const quads = Math.ceil(outputChannels / 4)
  const length = quads * vectors.length * 4 * (vectors[0]?.length ?? 1)
  const packed = filter instanceof Float32Array ? new Float32Array(length) : new Int16Array(length)
  let at = 0
  for (let quad = 0; quad < quads; quad++) {
    for (const taps of vectors) {
      for (let channel = quad * 4; channel < quad * 4 + 4; channel++) {
        for (const tap of taps) {
          if (tap !== undefined && channel < outputChannels)
            packed[at] = filter[(tap.row * filterWidth + tap.column) * outputChannels + channel]!
          at++
        }
      }
    }
  }
  return packed
}

interface Pointers {
  readonly input: Local<'i32'>
  readonly output: Local<'i32'>
  readonly parameters: Local<'i32'>
  readonly weights: Local<'i32'>
}

function emitChannels(
  f: FunctionBuilder,
  options: DepthwiseConv2dOptions,
  loop: DepthwiseLoop,
  input: PaddedInput,
  start: number,
  { output, constants }: KernelAddresses,
): void {
  const { geometry, epilogue } = options
  const { outputChannels } = geometry
  const [packed = 0, parameters = 0] = constants
  const pointers: Pointers = {
    input: f.local('i32'),
    output: f.local('i32'),
    parameters: f.local('i32'),
    weights: f.local('i32'),
  }
  const firstInput = f.local('i32')
  const firstOutput = f.local('i32')
  f.set(firstInput, constant(start))
  f.set(firstOutput, constant(output))
  f.set(pointers.weights, constant(packed))
  f.set(pointers.parameters, constant(parameters))
  const finish = epilogue.begin(f)
  const weights = weightAccess(f, loop, pointers.weights)
  const quad = (channels: number): void => {
    f.set(pointers.input, get(firstInput))
    f.set(pointers.output, get(firstOutput))
    weights.load()
    emitPositions(f, geometry, input, pointers, epilogue.outputBytes, (tile) => {
      const sums = weights.sums(tile)
      for (const sum of sums) f.set(sum, load('v128.load', get(pointers.parameters)))
      loop.emit(f, sums, pointers.input, tapStrides(geometry, input), weights.at)
      const positionStride = outputChannels * epilogue.outputBytes
      finish({ ...pointers, sums: sums.map((sum) => [sum]), positionStride, channels })
    })
    f.increase(firstInput, 4 * preparedBytes[options.form.kind])
    f.increase(firstOutput, 4 * epilogue.outputBytes)
    f.increase(pointers.weights, loop.vectors.length * 16)
    f.increase(pointers.parameters, epilogue.vectorsPerQuad * 16)
  }
  f.repeat(outputChannels >> 2, () => quad(4))
  if ((outputChannels & 3) !== 0) quad(outputChannels & 3)
}

/** Where vectors of weights come from, and the registers of the sums. */
function weightAccess(f: FunctionBuilder, { vectors }: DepthwiseLoop, from: Local<'i32'>) {
  const registers = vectors.length <= weightRegisters ? vectors.map(() => f.local('v128')) : []
  const sums = Array.from({ length: tilePositions }, () => f.local('v128'))
  return {
    load: () =>
      registers.forEach((register, vector) => f.set(register, load('v128.load', get(from), vector * 16))),
    at: (vector: number) => {
      const register = registers[vector]
      return register === undefined ? load('v128.load', get(from), vector * 16) : get(register)
    },
    sums: (tile: number) => sums.slice(0, tile),
  }
}

function tapStrides(geometry: DepthwiseConv2dGeometry, input: PaddedInput): TapStrides {
  return {
    row: geometry.dilationHeight * rowStride(input),
    column: geometry.dilationWidth * input.columnStride,
    position: geometry.strideWidth * input.columnStride,
  }
}

/** Walks all output positions in tiles, pointers at the tile's first position. */
function emitPositions(
  f: FunctionBuilder,
  geometry: DepthwiseConv2dGeometry,
  input: PaddedInput,
  pointers: Pointers,
  outputBytes: number,
  emitTile: (positions: number) => void,
): void {
  const { batches, outputHeight, outputWidth, outputChannels, strideHeight, strideWidth } = geometry
  const positionStride = strideWidth * input.columnStride
  f.repeat(batches, () => {
    f.repeat(outputHeight, () => {
      for (const { size, count } of splitEvenly(outputWidth, tilePositions)) {
        f.repeat(count, () => {
          emitTile(size)
          f.increase(pointers.input, size * positionStride)
          f.increase(pointers.output, size * outputChannels * outputBytes)
        })
      }
      f.increase(pointers.input, strideHeight * rowStride(input) - outputWidth * positionStride)
    })
    f.increase(pointers.input, batchStride(input) - outputHeight * strideHeight * rowStride(input))
  })
}
