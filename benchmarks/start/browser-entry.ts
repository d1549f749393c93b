/** What a page needs to run a model: the code whose size and start are measured. */
export { compile } from '@quantrx/runtime/run'
export { readModel } from '@quantrx/tflite'
