import type { ThreadHost } from './usable-threads.ts'

/** What of Node's modules is used, and how they are reached without an import that a browser's bundler would stumble over. */
interface NodeProcess {
  getBuiltinModule?(name: 'worker_threads'): { readonly Worker: NodeWorkerConstructor }
  getBuiltinModule?(name: 'os'): { availableParallelism(): number }
}

/** Node's `Worker`, as far as it is used. */
export interface NodeWorker {
  once(event: 'message' | 'error', listener: (value: unknown) => void): unknown
  postMessage(message: unknown): void
  unref(): void
}

type NodeWorkerConstructor = new (
  source: string,
  options: { readonly eval: true; readonly execArgv: readonly string[] },
) => NodeWorker

const { process } = globalThis as { readonly process?: NodeProcess }

/** Node's `Worker`; undefined elsewhere. */
export function nodeWorker(): NodeWorkerConstructor | undefined {
  return process?.getBuiltinModule?.('worker_threads').Worker
}

/** What this host offers. */
export function threadHost(): ThreadHost {
  const {
    SharedArrayBuffer: shared,
    Worker: webWorker,
    crossOriginIsolated = true,
  } = globalThis as {
    readonly SharedArrayBuffer?: unknown
    readonly Worker?: unknown
    readonly crossOriginIsolated?: boolean
  }
  const hasWorkers = webWorker !== undefined || nodeWorker() !== undefined
  return { sharesMemory: shared !== undefined && crossOriginIsolated && hasWorkers, cores: cores() }
}

function cores(): number {
  const { navigator } = globalThis as { readonly navigator?: { readonly hardwareConcurrency?: number } }
  return process?.getBuiltinModule?.('os').availableParallelism() ?? navigator?.hardwareConcurrency ?? 1
}

/** Whether this thread may sleep: the main one of a browser may not. */
export function maySleep(): boolean {
  try {
    // The number is not what it is compared with, so that nothing waits.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1)
    return true
  } catch {
    return false
  }
}
