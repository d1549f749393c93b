import type { ConvolutionGeometry } from '../../shared/convolution-geometry.ts'
import {
  constant,
  copyMemory,
  fillMemory,
  load,
  operation,
  store,
  storeLane,
  vectorConstant,
} from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'

/** How the elements of an input become those that products are made of. */
export type InputForm =
  | { readonly kind: 'float32' }
  /** int16 stay as they are; their zero point is 0. */
  | { readonly kind: 'wide' }
  /** 8-bit integers become int16, their zero point subtracted. */
  | { readonly kind: 'int16'; readonly signed: boolean; readonly zeroPoint: number }
  /** 8-bit integers become unsigned; the border holds the zero point. */
  | { readonly kind: 'uint8'; readonly signed: boolean; readonly zeroPoint: number }

/** An input with room around it, so that windows never leave it; sizes in elements, strides in bytes. */
export interface PaddedInput {
  readonly form: InputForm
  readonly batches: number
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
  /** Bytes between columns; those after the channels are not used. */
  readonly columnStride: number
  /** What bytes between rows are a multiple of, if it is given; those after the columns are not used. */
  readonly rowAlignment?: number
}

/** Bytes of an element once it is prepared. */
export const preparedBytes = { float32: 4, wide: 2, int16: 2, uint8: 1 } as const
/** Bytes of an element as it is stored. */
export const storedBytes = { float32: 4, wide: 2, int16: 1, uint8: 1 } as const

/** The padding that the windows of a geometry need on each side. */
export function paddedInput(
  geometry: ConvolutionGeometry,
  form: InputForm,
  columnStride = geometry.inputChannels * preparedBytes[form.kind],
): PaddedInput {
  const { batches, inputHeight: height, inputWidth: width, inputChannels: channels } = geometry
  const { padTop: top, padLeft: left } = geometry
  const reach = (outputs: number, stride: number, filter: number, dilation: number): number =>
    (outputs - 1) * stride + (filter - 1) * dilation + 1
  const rows = reach(
    geometry.outputHeight,
    geometry.strideHeight,
    geometry.filterHeight,
    geometry.dilationHeight,
  )
  const columns = reach(
    geometry.outputWidth,
    geometry.strideWidth,
    geometry.filterWidth,
    geometry.dilationWidth,
  )
  return {
    ...{ form, batches, height, width, channels, top, left, columnStride },
    bottom: Math.max(0, rows - top - height),
    right: Math.max(0, columns - left - width),
  }
}

/** Bytes between the rows of a padded input. */
export const rowStride = ({ left, width, right, columnStride, rowAlignment = 1 }: PaddedInput): number =>
  Math.ceil(((left + width + right) * columnStride) / rowAlignment) * rowAlignment

/** Bytes between the images of a batch. */
export const batchStride = (input: PaddedInput): number =>
  (input.top + input.height + input.bottom) * rowStride(input)

/** Bytes of the whole; a few more are read behind it. */
export const paddedBytes = (input: PaddedInput): number => input.batches * batchStride(input)

/** True when the input can be read where it is, in whole steps. */
export function needsNoCopy({
  form,
  top,
  left,
  bottom,
  right,
  channels,
  columnStride,
}: PaddedInput): boolean {
  const isReady =
    form.kind === 'float32' ||
    (form.kind === 'wide' && channels % 2 === 0) ||
    (form.kind === 'uint8' && !form.signed && channels % 4 === 0)
  const isDense = columnStride === channels * preparedBytes[form.kind]
  return isReady && isDense && top + left + bottom + right === 0
}

/** Writes the code that fills `to` with the padded input, whose rows are not aligned. */
export function emitPaddedInput(f: FunctionBuilder, input: PaddedInput, from: number, to: number): void {
  const { form, batches, height, width, channels, top, left, bottom, right, columnStride } = input
  const source = f.local('i32')
  const target = f.local('i32')
  f.set(source, constant(from))
  f.set(target, constant(to))
  const convert = converter(f, form)
  const fill = filler(f, form)
  const dense = columnStride === channels * preparedBytes[form.kind]
  const sourceBytes = storedBytes[form.kind]
  const border = (bytes: number): void => {
    fill(target, bytes)
    f.increase(target, bytes)
  }
  const advance = (elements: number, stride: number): void => {
    f.increase(source, elements * sourceBytes)
    f.increase(target, stride)
  }
  f.repeat(batches, () => {
    border(top * rowStride(input) + left * columnStride)
    const copyRow = (): void => {
      if (dense) {
        convert(source, target, width * channels)
        advance(width * channels, width * columnStride)
      } else {
        f.repeat(width, () => {
          fill(target, columnStride)
          convert(source, target, channels)
          advance(channels, columnStride)
        })
      }
    }
    // Rows that follow each other without a gap are one long row.
    if (dense && left + right === 0) {
      convert(source, target, height * width * channels)
      advance(height * width * channels, height * width * columnStride)
    } else {
      f.repeat(height - 1, () => {
        copyRow()
        border((left + right) * columnStride)
      })
      copyRow()
    }
    border(right * columnStride + bottom * rowStride(input))
  })
}

/** What every byte of a border is. */
export const borderByte = (form: InputForm): number =>
  form.kind === 'uint8' ? (form.signed ? form.zeroPoint + 128 : form.zeroPoint) : 0

const inlineFill = 256

type Fill = (target: Local<'i32'>, bytes: number) => void

function filler(f: FunctionBuilder, form: InputForm): Fill {
  const value = borderByte(form)
  const vector = f.local('v128')
  f.set(vector, vectorConstant(new Uint8Array(16).fill(value)))
  return (target, bytes) => {
    if (bytes > inlineFill) {
      f.emit(fillMemory(get(target), constant(value), constant(bytes)))
      return
    }
    let at = 0
    for (; at + 16 <= bytes; at += 16) f.emit(store('v128.store', get(target), get(vector), at))
    for (const bits of [64, 32, 16, 8] as const) {
      if (at + bits / 8 > bytes) continue
      f.emit(storeLane(bits, get(target), get(vector), 0, at))
      at += bits / 8
    }
  }
}

/** Converts consecutive elements from one address to another, both left as they are. */
export type Convert = (source: Local<'i32'>, target: Local<'i32'>, elements: number) => void

/** Writes the code of conversions; what they share, once for a function. */
export function converter(f: FunctionBuilder, form: InputForm): Convert {
  if (form.kind === 'float32' || form.kind === 'wide') {
    const bytes = storedBytes[form.kind]
    return (source, target, elements) =>
      f.emit(copyMemory(get(target), get(source), constant(elements * bytes)))
  }
  const shift = f.local('v128')
  if (form.kind === 'int16') {
    f.set(shift, vectorConstant(new Int16Array(8).fill(form.zeroPoint)))
    const widen = form.signed ? 'v128.load8x8_s' : 'v128.load8x8_u'
    return vectorAtATime(f, 8, (source, offset) =>
      operation('i16x8.sub', load(widen, source, offset), get(shift)),
    )
  }
  f.set(shift, vectorConstant(new Uint8Array(16).fill(form.signed ? 0x80 : 0)))
  return vectorAtATime(f, 16, (source, offset) =>
    operation('v128.xor', load('v128.load', source, offset), get(shift)),
  )
}

/** Vectors converted in a turn of the loop. */
const unrolled = 4

/**
 * Runs a conversion of a vector of elements over any number of them. The last ones may be converted twice, and where there are
 * fewer than a vector, what lies behind them is converted too but not stored.
 *
 * @param lanes elements of a vector of what is stored.
 */
export function vectorAtATime(
  f: FunctionBuilder,
  lanes: 8 | 16,
  convert: (source: Expression<'i32'>, offset: number) => Expression<'v128'>,
): Convert {
  const targetBytes = 16 / lanes
  const from = f.local('i32')
  const to = f.local('i32')
  const vector = f.local('v128')
  const emit = (source: Local<'i32'>, target: Local<'i32'>, at: number): void =>
    f.emit(store('v128.store', get(target), convert(get(source), at), at * targetBytes))
  return (source, target, elements) => {
    if (elements < lanes) {
      f.set(vector, convert(get(source), 0))
      storeBytes(f, vector, 0, elements * targetBytes, get(target), 0)
      return
    }
    f.set(from, get(source))
    f.set(to, get(target))
    f.repeat(Math.floor(elements / (lanes * unrolled)), () => {
      for (let part = 0; part < unrolled; part++) emit(from, to, part * lanes)
      f.increase(from, lanes * unrolled)
      f.increase(to, lanes * unrolled * targetBytes)
    })
    const rest = elements % (lanes * unrolled)
    for (let at = 0; at + lanes <= rest; at += lanes) emit(from, to, at)
    if (rest % lanes > 0) {
      f.increase(from, rest - lanes)
      f.increase(to, (rest - lanes) * targetBytes)
      emit(from, to, 0)
    }
  }
}
