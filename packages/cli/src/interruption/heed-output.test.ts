import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { heedOutput } from './heed-output.ts'
import type { OutputFailure, WritingProcess } from './heed-output.ts'

function heeded() {
  const [output, messages] = [new EventEmitter(), new EventEmitter()]
  const told: string[] = []
  const reasons: OutputFailure[] = []
  const process: WritingProcess = {
    stdout: { on: (event, listener) => output.on(event, listener), write: () => undefined },
    stderr: { on: (event, listener) => messages.on(event, listener), write: (text) => told.push(text) },
  }
  heedOutput(process, () => reasons.push(new Error('of a command before') as OutputFailure))
  heedOutput(process, (reason) => reasons.push(reason))
  const fail = (stream: EventEmitter) => (code: string) =>
    stream.emit('error', Object.assign(new Error(`${code}: cannot write`), { code }))
  return { process, output, told, reasons, failOutput: fail(output), failMessages: fail(messages) }
}

it('stops without a word when the reader has gone', () => {
  const { process, told, reasons, failOutput } = heeded()
  failOutput('EPIPE')
  failOutput('EPIPE')
  expect([process.exitCode, told, reasons.map(({ exitCode }) => exitCode)]).toEqual([141, [], [141]])
})

it('tells of a full disk, once', () => {
  const { process, told, reasons, failOutput } = heeded()
  failOutput('ENOSPC')
  failOutput('ENOSPC')
  expect(process.exitCode).toBe(1)
  expect(reasons).toHaveLength(1)
  expect(told).toEqual([
    'quantrx: [command] "stdout": got ENOSPC: cannot write, expected output that can be written. ' +
      'Free some space, or send the output elsewhere\n',
  ])
})

it('listens once for all commands of a process', () => {
  const { output } = heeded()
  expect(output.listenerCount('error')).toBe(1)
})

it('goes on where nobody reads messages', () => {
  const { process, told, reasons, failMessages } = heeded()
  failMessages('EPIPE')
  expect([process.exitCode, told, reasons]).toEqual([undefined, [], []])
})
