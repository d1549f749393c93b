import { calibration } from './calibration.ts'
import { codeSize } from './code-size.ts'
import { firstInference } from './first-inference.ts'
import { inference } from './inference.ts'
import { layers } from './layers.ts'
import { scaling } from './scaling.ts'
import type { BenchTable } from './table.ts'

/** What `npm run bench` measures, in the order in which it is printed. */
export const tables: readonly BenchTable[] = [
  ...[inference, layers, firstInference, calibration, scaling, codeSize],
] as readonly BenchTable[]
