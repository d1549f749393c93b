import workerUrl from './worker.ts?worker&url'
import type { WorkerMessage, WorkerRequest } from './messages.ts'

/** The other side of the worker, as the page sees it. */
export interface Pipeline {
  ask(request: WorkerRequest): void
  /** Ends what is being done, if anything, and starts afresh. */
  restart(): void
}

/**
 * Starts the worker that does all the work. It is started by a script of the page, so that the page's content security policy
 * is its own, too: by its address alone, only headers of the server could keep it from talking to others.
 */
export function startPipeline(listen: (message: WorkerMessage) => void): Pipeline {
  const address = new URL(workerUrl, document.baseURI).href
  const script = URL.createObjectURL(
    new Blob([`import ${JSON.stringify(address)}`], { type: 'text/javascript' }),
  )
  const start = (): Worker => {
    const worker = new Worker(script, { type: 'module', name: 'quantrx' })
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => listen(data)
    worker.onerror = ({ message }) => listen(broken(message))
    return worker
  }
  let worker = start()
  return {
    ask: (request) => worker.postMessage(request),
    restart() {
      worker.onmessage = null
      worker.onerror = null
      worker.terminate()
      worker = start()
    },
  }
}

const broken = (message: string): WorkerMessage => ({
  kind: 'failed',
  during: 'quantize',
  failure: {
    subject: 'worker',
    found: message === '' ? 'a script that does not load' : message,
    expected: 'a browser with module workers and WebAssembly',
    nextStep: 'Reload the page, or try a current browser',
  },
})
