import { StageError } from '@quantrx/core'
import { nodeWorker } from './host.ts'

/** What a worker runs. */
export interface WorkerTask {
  readonly module: WebAssembly.Module
  readonly imports: WebAssembly.Imports
  /** Name of an exported function without parameters; the worker ends when it returns. */
  readonly entry: string
}

/** Runs a task, in a worker of Node or of a browser, and says when it is about to start. */
const work = `
const run = ({ module, imports, entry }, tell) => {
  const { exports } = new WebAssembly.Instance(module, imports)
  tell('ready')
  exports[entry]()
}
`
const nodeSource = `${work}
const { parentPort } = require('worker_threads')
parentPort.once('message', (task) => run(task, (message) => parentPort.postMessage(message)))
`
const browserSource = `${work}
onmessage = ({ data }) => {
  run(data, postMessage)
  close()
}
`

/**
 * Starts a worker for each task; settles when all of them run. They do not keep Node's process alive.
 *
 * @throws StageError when one cannot be started.
 */
export async function startWorkers(tasks: readonly WorkerTask[]): Promise<void> {
  const start = nodeWorker() === undefined ? startInBrowser : startInNode
  try {
    await Promise.all(tasks.map(start))
  } catch (cause) {
    throw new StageError({
      stage: 'runtime',
      subject: 'threads',
      found: `a worker that did not start: ${cause instanceof Error ? cause.message : String(cause)}`,
      expected: `${tasks.length} workers beside the main thread`,
      nextStep: 'Compile with one thread, or allow the page to start workers from blobs',
      cause,
    })
  }
}

function startInNode(task: WorkerTask): Promise<void> {
  const Worker = nodeWorker()!
  return new Promise((resolve, reject) => {
    // Without what the process itself preloads: a worker runs nothing but the module.
    const worker = new Worker(nodeSource, { eval: true, execArgv: [] })
    worker.once('error', reject)
    worker.once('message', () => {
      worker.unref()
      resolve()
    })
    worker.postMessage(task)
  })
}

function startInBrowser(task: WorkerTask): Promise<void> {
  const address = URL.createObjectURL(new Blob([browserSource], { type: 'text/javascript' }))
  return new Promise<void>((resolve, reject) => {
    const worker = new Worker(address)
    worker.onerror = ({ message }) => reject(new Error(message || 'it could not be loaded'))
    worker.onmessage = () => resolve()
    worker.postMessage(task)
  }).finally(() => URL.revokeObjectURL(address))
}
