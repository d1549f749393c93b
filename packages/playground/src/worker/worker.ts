import { describeModel } from '@quantrx/cli/browser'
import { compileStandalone } from '@quantrx/runtime'
import { readModel } from '@quantrx/tflite'
import { catalog } from './chosen-method.ts'
import { failureOf } from './failure.ts'
import type { WorkerMessage, WorkerRequest } from './messages.ts'
import { previewSamples } from './preview.ts'
import { quantizeJob } from './quantize-job.ts'
import type { WorkerScope } from './worker-scope.ts'

const scope = globalThis as unknown as WorkerScope<WorkerRequest, WorkerMessage>

const send = (message: WorkerMessage): void => scope.postMessage(message)

/** Answers one request. Nothing is kept between requests, so that whoever loses patience may end the worker at any time. */
async function answer(request: WorkerRequest): Promise<WorkerMessage> {
  switch (request.kind) {
    case 'inspect': {
      const bytes = new Uint8Array(await request.model.arrayBuffer())
      return { kind: 'inspected', description: describeModel(readModel(bytes), bytes.length) }
    }
    case 'preview':
      return { kind: 'previewed', samples: await previewSamples(request.model, request.samples) }
    case 'quantize':
      return {
        kind: 'finished',
        outcome: await quantizeJob(request, (progress) => send({ kind: 'progress', ...progress })),
      }
    case 'compile':
      return {
        kind: 'compiled',
        name: request.name,
        bytes: compileStandalone(readModel(request.model)).bytes,
      }
  }
}

scope.onmessage = ({ data }) => {
  answer(data).then(send, (error: unknown) =>
    send({ kind: 'failed', during: data.kind, failure: failureOf(error) }),
  )
}
send({ kind: 'ready', catalog })
