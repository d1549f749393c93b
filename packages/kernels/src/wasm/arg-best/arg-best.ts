import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { GeneratedKernel } from '../kernel.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'
import { channelByteSearch } from './channel-bytes.ts'
import { channelFloat32Search } from './channel-float32.ts'
import { emitChannelSearch, largestSize } from './channels.ts'
import { emitRowSearch } from './rows.ts'

/** What a generated ARG_MAX or ARG_MIN needs to know. */
export interface ArgBestOptions {
  readonly shape: Shape
  /** From 0 to rank - 1. */
  readonly axis: number
  readonly which: 'largest' | 'smallest'
  readonly type: 'float32' | 'int8' | 'uint8'
  /** Of the positions. */
  readonly outputType: 'int32' | 'int64'
}

/**
 * ARG_MAX and ARG_MIN: the position of the best element along an axis, of the first one where several are alike; as in the
 * reference no NaN is chosen, but one in the first place is never replaced.
 *
 * @returns undefined for tensors without elements, and for axes too long to be searched.
 */
export function argBestKernel(options: ArgBestOptions, share?: Share): GeneratedKernel | undefined {
  const { shape, axis, type } = options
  const size = shape[axis] ?? 1
  if (elementCount(shape) === 0 || size > largestSize) return undefined
  return {
    name: type,
    constants: [],
    scratchBytes: 0,
    emit(f, { inputs: [input = 0], output }) {
      const part = partOf(options, size, share)
      const from = input + part.inputAt * (type === 'float32' ? 4 : 1)
      const to = output + part.outputAt * (options.outputType === 'int32' ? 4 : 8)
      if (part.inner === 1) {
        emitRowSearch(f, { ...options, ...part, depth: size }, from, to)
        return
      }
      const search =
        type === 'float32' ? channelFloat32Search(options) : channelByteSearch(options.which, type)
      emitChannelSearch(f, { ...options, ...part, size, search }, from, to)
    },
  }
}

/** The outputs of a share, and where they begin, in elements. */
interface SearchPart {
  /** How often a searched axis and what lies inside is repeated. */
  readonly outer: number
  /** Elements from one position of the axis to the next. */
  readonly inner: number
  /** Outputs of each repetition that belong to the share, of `inner`. */
  readonly channels: number
  readonly inputAt: number
  readonly outputAt: number
}

/** Divides repetitions where there are several, otherwise what lies inside the axis. */
function partOf({ shape, axis }: ArgBestOptions, size: number, share: Share | undefined): SearchPart {
  const [outer, inner] = [elementCount(shape.slice(0, axis)), elementCount(shape.slice(axis + 1))]
  if (outer === 1) {
    const { from, to } = spanOf(inner, share, 16)
    return { outer, inner, channels: to - from, inputAt: from, outputAt: from }
  }
  const { from, to } = spanOf(outer, share)
  return {
    ...{ outer: to - from, inner, channels: inner },
    ...{ inputAt: from * inner * size, outputAt: from * inner },
  }
}
