import { constant } from '../assembler/expression.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'
import { shareElements } from './operator.ts'

/** Bytes one after the other that each belong to a channel, of which constants tell what is computed. */
export interface ChannelRows {
  readonly channels: number
  /** How often the channels are repeated. */
  readonly positions: number
}

/** Neighbouring bytes that are computed together, and where their constants are. */
export interface ChannelBlock {
  readonly input: Local<'i32'>
  readonly output: Local<'i32'>
  readonly table: Local<'i32'>
  /** At most {@link shareElements}. */
  readonly elements: number
}

/** Rows of more channels do not notice their incomplete block at the end. */
const longestRow = 128

/** Loops over fewer elements cost more than what is inside. */
const shortestLoop = 256

/** How many positions fill blocks together. */
const wholePositions = ({ channels }: ChannelRows): number =>
  shareElements / Math.min(shareElements, channels & -channels)

/** Rows of channels as they are walked: several positions in one, where these fill blocks together. */
function copiesOf(rows: ChannelRows): number {
  const { channels, positions } = rows
  const whole = wholePositions(rows)
  if (channels > longestRow || whole === 1) return 1
  return Math.min(positions, whole * Math.ceil(shortestLoop / (channels * whole)))
}

/** Which channel each entry of a table belongs to, in whole blocks; what lies behind the last channel is as the first. */
export function tableChannels(rows: ChannelRows): readonly number[] {
  const { channels } = rows
  const entries = channels * copiesOf(rows)
  const length = Math.ceil(entries / shareElements) * shareElements
  return Array.from({ length }, (_, at) => (at < entries ? at % channels : 0))
}

/** Where the operands of {@link emitChannelRows} start. */
export interface ChannelAddresses {
  readonly input: number
  readonly output: number
  /** Of the constants of {@link tableChannels}. */
  readonly table: number
}

/** Writes the code that computes all blocks of some rows of channels, or of a share of them. */
export function emitChannelRows(
  f: FunctionBuilder,
  rows: ChannelRows,
  { input, output, table, entryBytes }: ChannelAddresses & { readonly entryBytes: number },
  share: Share | undefined,
  compute: (block: ChannelBlock) => void,
): void {
  const { channels, positions } = rows
  const copies = copiesOf(rows)
  const single = positions === 1
  const { from, to } = single
    ? spanOf(channels, share, shareElements)
    : spanOf(positions, share, Math.min(copies, wholePositions(rows)))
  const [start, skipped] = single ? [from, from * entryBytes] : [from * channels, 0]
  const pointers = { input: f.local('i32'), output: f.local('i32'), table: f.local('i32') }
  const emitRow = (elements: number): void => {
    f.set(pointers.table, constant(table + skipped))
    f.repeat(Math.floor(elements / shareElements), () => {
      compute({ ...pointers, elements: shareElements })
      move(shareElements)
      f.increase(pointers.table, shareElements * entryBytes)
    })
    const rest = elements % shareElements
    if (rest === 0) return
    compute({ ...pointers, elements: rest })
    move(rest)
  }
  const move = (elements: number): void => {
    f.increase(pointers.input, elements)
    f.increase(pointers.output, elements)
  }
  f.set(pointers.input, constant(input + start))
  f.set(pointers.output, constant(output + start))
  if (single) {
    emitRow(to - from)
    return
  }
  f.repeat(Math.floor((to - from) / copies), () => emitRow(channels * copies))
  const rest = ((to - from) % copies) * channels
  if (rest > 0) emitRow(rest)
}
