import { expect, it } from 'vitest'
import { load, store } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { emitChannelRows, tableChannels } from './channel-rows.ts'
import type { ChannelRows } from './channel-rows.ts'
import { runInShares } from './shares.conformance.ts'

/** Stores the channel of each element, from a table of them; knows nothing of vectors. */
const numberingKernel = (rows: ChannelRows, share?: Share): GeneratedKernel => ({
  ...{ name: 'int8', scratchBytes: 0, constants: [Int8Array.from(tableChannels(rows))] },
  emit(f, { inputs: [input = 0], output: outputAt, constants: [table = 0] }) {
    const addresses = { input, output: outputAt, table, entryBytes: 1 }
    emitChannelRows(f, rows, addresses, share, ({ output, table: entries, elements }) => {
      for (let element = 0; element < elements; element++)
        f.emit(store('i32.store8', get(output), load('i32.load8_u', get(entries), element), element))
    })
  },
})

it.each([1, 2, 3, 7, 16, 17, 33, 40, 130])('%i positions of any number of channels', (positions) => {
  for (const channels of [1, 2, 3, 5, 8, 12, 16, 20, 31, 48, 70, 120, 127]) {
    const count = positions * channels
    const found = runInShares(
      (share) => numberingKernel({ channels, positions }, share),
      [new Int8Array(count)],
      new Int8Array(count),
    )
    expect(found).toEqual(Int8Array.from({ length: count }, (_, at) => at % channels))
  }
})

it('tables are of whole blocks, and long ones are not repeated', () => {
  expect(tableChannels({ channels: 20, positions: 100 })).toHaveLength(320)
  expect(tableChannels({ channels: 32, positions: 100 })).toHaveLength(32)
  expect(tableChannels({ channels: 20, positions: 2 })).toHaveLength(48)
  expect(tableChannels({ channels: 130, positions: 100 })).toHaveLength(144)
})
