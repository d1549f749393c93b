/** Stands for a process that works on cases: case 1 throws, case 2 never comes back, case 3 brings the process down. */
import type { Message, Share } from './messages.ts'

const tell = (message: Message): Promise<void> =>
  new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()))

const share = JSON.parse(process.argv[2] ?? '') as Share
await tell({ kind: 'ready' })
for (let index = share.from; index < share.to; index += share.step) {
  while (index === 2);
  if (index === 3) process.exit(7)
  await tell(
    index === 1
      ? { kind: 'threw', index, error: 'TypeError: planted' }
      : { kind: 'verdict', index, verdict: 'done' },
  )
}
process.disconnect()
