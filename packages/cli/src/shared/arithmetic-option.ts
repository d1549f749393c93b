import type { Arithmetic } from '@quantrx/kernels'
import { Option } from 'commander'

/** Option `--arithmetic` of the commands that run integer models. */
export interface ArithmeticOption {
  readonly arithmetic: Arithmetic
}

/** `--arithmetic tflite|xnnpack`. */
export function arithmeticOption(): Option {
  return new Option(
    '--arithmetic <name>',
    'integer arithmetic: tflite (integers only) or xnnpack (what LiteRT runs)',
  )
    .choices(['tflite', 'xnnpack'] satisfies Arithmetic[])
    .default('tflite')
}
