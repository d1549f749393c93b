import { scanValues } from '@quantrx/core'
import type { LiveScan } from '@quantrx/core'
import { wasm } from '@quantrx/kernels'
import type { PlannedGraph } from './plan-graph.ts'
import { alignment } from './plan-memory.ts'

/** A plan that has room for scans of float32 tensors, where there are any. */
export interface ScannedGraph extends PlannedGraph {
  /** Address of the scratch memory of scans; undefined without float32 tensors. */
  readonly scanScratch: number | undefined
}

/** Adds room for scans after everything else. */
export function withScanScratch(planned: PlannedGraph): ScannedGraph {
  const hasFloats = [...planned.activations.keys()].some(({ type }) => type === 'float32')
  if (!hasFloats) return { ...planned, scanScratch: undefined }
  const scanScratch = Math.ceil(planned.layout.bytes / alignment) * alignment
  const layout = { ...planned.layout, bytes: scanScratch + wasm.scanScratchBytes }
  return { ...planned, layout, scanScratch }
}

/**
 * Scans of what stands in a program's memory, and of other values by plain loops. The code for it is made when the first scan
 * is asked for: most programs are never observed.
 */
export function memoryScans(
  memory: WebAssembly.Memory | undefined,
  { scanScratch }: ScannedGraph,
): (values: Float32Array) => LiveScan {
  if (memory === undefined || scanScratch === undefined) return scanValues
  let scanner: ReturnType<typeof memoryScans> | undefined
  return (values) => {
    scanner ??= wasm.memoryScanner(memory, scanScratch)
    return scanner(values)
  }
}
