import { scanValues } from '@quantrx/core'
import { expect, it } from 'vitest'
import { checkGraph } from './graph.ts'
import { planGraph } from './plan-graph.ts'
import { alignment } from './plan-memory.ts'
import { memoryScans, withScanScratch } from './scan-memory.ts'
import { tinyModel } from './tiny-model.conformance.ts'

function planned(type: 'FLOAT32' | 'INT8') {
  const tensors = ['x', 'y'].map((name) => ({ name, shape: [1, 70], type, scale: 1 }))
  const model = tinyModel(tensors, [{ kind: 'RELU', inputs: [0], outputs: [1] }], [0], [1])
  return planGraph(checkGraph(model, { arithmetic: 'tflite', subgraph: 0, innerLoop: 'i16' }))
}

it('gives scans of float32 tensors room after everything else', () => {
  const { layout, plan } = planned('FLOAT32')
  const scanned = withScanScratch(planned('FLOAT32'))
  expect(scanned.scanScratch! % alignment).toBe(0)
  expect(scanned.scanScratch).toBeGreaterThanOrEqual(layout.bytes)
  expect(scanned.layout.bytes).toBeGreaterThan(scanned.scanScratch!)
  expect(scanned.plan).toEqual(plan)
})

it('needs no room where all tensors are integers', () => {
  expect(withScanScratch(planned('INT8')).layout).toEqual(planned('INT8').layout)
})

it('scans with code that works in the scratch memory', () => {
  const scanned = withScanScratch(planned('FLOAT32'))
  const memory = new WebAssembly.Memory({ initial: 2 })
  const scratch = new Uint8Array(memory.buffer, scanned.scanScratch)
  const values = new Float32Array(memory.buffer, 0, 70).fill(3)
  expect(memoryScans(memory, scanned)(values).extremes()).toEqual({ min: 3, max: 3 })
  expect(scratch.some((byte) => byte !== 0)).toBe(true)
})

it('scans with plain loops what no generated code computes', () => {
  const values = Float32Array.of(-1, 4)
  const scanned = withScanScratch(planned('FLOAT32'))
  expect(memoryScans(undefined, scanned)(values).extremes()).toEqual(scanValues(values).extremes())
})
