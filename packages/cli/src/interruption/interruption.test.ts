import { EventEmitter } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { heedSignals } from './heed-signals.ts'
import { endedInTime, Interruption } from './interruption.ts'

function fakeProcess() {
  const events = new EventEmitter()
  const acts: unknown[] = []
  return {
    acts,
    raise: (signal: string) => events.emit(signal),
    listeners: () => events.listenerCount('SIGINT') + events.listenerCount('SIGTERM'),
    on: (signal: string, listener: () => void) => events.on(signal, listener),
    off: (signal: string, listener: () => void) => events.off(signal, listener),
    pid: 77,
    kill: (pid: number, signal: string) => acts.push([pid, signal, events.listenerCount(signal)]),
  }
}

describe('heedSignals', () => {
  it.each([
    ['SIGINT', 'stopped by Ctrl-C'],
    ['SIGTERM', 'stopped by SIGTERM'],
  ])('aborts at the first %s, and ends the process at the second', (name, message) => {
    const process = fakeProcess()
    const { signal } = heedSignals(process, () => process.acts.push('cleaned'))
    process.raise(name)
    expect(process.acts).toEqual([])
    expect((signal.reason as Interruption).message).toBe(message)
    process.raise(name)
    expect(process.acts).toEqual(['cleaned', [77, name, 0]])
  })

  it('listens no longer when it is released', () => {
    const process = fakeProcess()
    const { release } = heedSignals(process, () => undefined)
    expect(process.listeners()).toBe(2)
    release()
    expect(process.listeners()).toBe(0)
  })
})

describe('endedInTime', () => {
  const onLate = vi.fn()
  afterEach(() => onLate.mockClear())

  it('gives what the work gives, also after an abort', async () => {
    const abort = new AbortController()
    await expect(endedInTime(Promise.resolve(), abort.signal, onLate)).resolves.toBeUndefined()
    abort.abort(new Interruption('SIGINT'))
    await expect(endedInTime(Promise.reject(new Error('own')), abort.signal, onLate)).rejects.toThrow('own')
    expect(onLate).not.toHaveBeenCalled()
  })

  it('does not wait for what never ends', async () => {
    const abort = new AbortController()
    setTimeout(() => abort.abort(new Interruption('SIGTERM')), 1)
    await expect(endedInTime(new Promise(() => undefined), abort.signal, onLate, 1)).rejects.toThrow(
      'SIGTERM',
    )
    expect(onLate).toHaveBeenCalledOnce()
  })
})
