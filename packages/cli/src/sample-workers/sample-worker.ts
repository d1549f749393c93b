import { parentPort } from 'node:worker_threads'
import { serve } from './serve.ts'

// The entry of a worker thread.
serve(parentPort!)
