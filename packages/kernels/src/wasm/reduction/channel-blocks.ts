import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'

/**
 * Writes the code that fills neighbouring output channels a vector at a time. Where channels do not fill vectors, the last
 * vector overlaps the one before it; where they do not fill one, what lies behind them is computed but not stored.
 *
 * @param bytes of all channels.
 * @param from address of the first channel's input, moved along with the output.
 * @param to address of the first channel's output, moved behind the last one.
 * @param compute leaves the results of a vector of channels in a variable.
 */
export function emitChannelBlocks(
  f: FunctionBuilder,
  bytes: number,
  from: Local<'i32'>,
  to: Local<'i32'>,
  compute: () => Local<'v128'>,
): void {
  const move = (amount: number): void => {
    f.increase(from, amount)
    f.increase(to, amount)
  }
  const block = (size: number): void => {
    storeBytes(f, compute(), 0, size, get(to), 0)
    move(size)
  }
  const rest = bytes % 16
  f.repeat(Math.floor(bytes / 16), () => block(16))
  if (rest === 0) return
  if (bytes > 16) move(rest - 16)
  block(Math.min(16, bytes))
}
