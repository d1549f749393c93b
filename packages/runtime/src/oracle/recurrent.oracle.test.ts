import { seededRandom } from '@quantrx/core'
import {
  describeWith,
  describeWithTfLite22,
  openTfLite22,
  openTfLite29,
  tfLite29Path,
} from '@quantrx/testing'
import type { Oracle } from '@quantrx/testing'
import type { BuiltinOperator } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { compareRuns } from './compare-with-tflite.conformance.ts'
import { integerRecurrentOperators, withOldHiddenZeroPoint } from './random-integer-recurrent.conformance.ts'
import { recurrentModel, recurrentOperators } from './recurrent-operators.conformance.ts'
import type { RecurrentOptions } from './recurrent-operators.conformance.ts'

const [seeds, runs] = [8, 3]

/** LiteRT's own package refuses variable tensors, so two releases of TensorFlow Lite judge here. */
function agrees(
  kind: string,
  open: (bytes: Uint8Array) => Oracle | Promise<Oracle>,
  options: RecurrentOptions,
): void {
  it(`${kind} agrees over runs that hand on their states`, async () => {
    for (let seed = 0; seed < seeds; seed++) {
      const random = seededRandom(seed)
      const bytes = recurrentModel({
        ...recurrentOperators[kind]!(random, options),
        kind: kind as BuiltinOperator,
      })
      const { values, largest, magnitude } = await compareRuns(bytes, await open(bytes), random, runs)
      expect(values, `seed ${seed}`).toBeGreaterThan(0)
      expect(largest, `seed ${seed}`).toBeLessThanOrEqual(1e-5 * magnitude)
    }
  })
}

const kinds = Object.keys(recurrentOperators)

describeWithTfLite22('recurrent operators in float32', () => {
  for (const kind of kinds) agrees(kind, openTfLite22, { version: 1 })
})

const path = tfLite29Path()
// That library ends the process on bidirectional networks with int8 weights.
const hybrid = kinds.filter((kind) => !kind.startsWith('BIDIRECTIONAL'))

describeWith(
  'TensorFlow Lite 2.9 library',
  path !== undefined,
  'recurrent operators with int8 weights',
  () => {
    for (const kind of hybrid) agrees(kind, (bytes) => openTfLite29(path ?? '', bytes), { hybrid: true })
  },
)

describeWith('TensorFlow Lite 2.9 library', path !== undefined, 'recurrent operators on int8', () => {
  for (const [kind, draw] of Object.entries(integerRecurrentOperators)) {
    it(`${kind} is exact over runs that hand on their states`, async () => {
      for (let seed = 0; seed < 2 * seeds; seed++) {
        const random = seededRandom(seed)
        const model = { ...draw(random), kind: kind as BuiltinOperator }
        const oracle = openTfLite29(path ?? '', recurrentModel(withOldHiddenZeroPoint(model)))
        const found = await compareRuns(recurrentModel(model), oracle, random, runs)
        expect(found, `seed ${seed}`).toMatchObject({ largest: 0 })
        expect(found.values, `seed ${seed}`).toBeGreaterThan(0)
      }
    })
  }
})
