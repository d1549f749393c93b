import { expectTypeOf, it } from 'vitest'
import { defineConfig } from './define-config.ts'
import type { Config } from './define-config.ts'

it('takes options of all commands, shared and of their own', () => {
  const config = defineConfig({
    data: 'calibration.arrow',
    normalize: '127.5,127.5',
    rows: '0:200',
    seed: 3,
    quantize: { observer: 'mse', samples: 500, io: 'int8', biasCorrection: false, report: 'report.html' },
    evaluate: { against: 'model.tflite', threads: 2 },
    tune: { budget: 'agreement>=90%', objective: 'latency' },
    compile: { out: 'model.wasm' },
  })
  expectTypeOf(config).toEqualTypeOf<Config>()
  expectTypeOf<NonNullable<Config['quantize']>['samples']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<Config['arithmetic']>().toEqualTypeOf<'tflite' | 'xnnpack' | undefined>()
})

it('refuses what no command takes', () => {
  // @ts-expect-error no such command or option
  defineConfig({ quantise: {} })
  // @ts-expect-error an option of another command
  defineConfig({ quantize: { runs: 3 } })
  // @ts-expect-error a number as text
  defineConfig({ quantize: { samples: 'many' } })
  // @ts-expect-error no such choice
  defineConfig({ io: 'int9' })
  // @ts-expect-error written as on the command line
  defineConfig({ rows: { start: 1 } })
  // @ts-expect-error results are printed as JSON where that is asked for
  defineConfig({ quantize: { json: true } })
})
