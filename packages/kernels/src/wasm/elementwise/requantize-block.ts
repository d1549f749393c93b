import { constant, operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { Epilogue } from '../epilogue/epilogue.ts'

/** Number of channels of an epilogue for blocks: four at one place, the next four at the next. */
export const blockChannels = 4

/** Writes the code that requantizes up to sixteen sums in four vectors, and stores them. */
export type EmitRequantized = (sums: readonly Local<'v128'>[], output: Local<'i32'>, elements: number) => void

/**
 * Requantizes blocks with an epilogue of {@link blockChannels} equal channels.
 *
 * @param parametersAt address of the epilogue's parameters.
 */
export function beginRequantized(
  f: FunctionBuilder,
  epilogue: Epilogue,
  parametersAt: number,
): EmitRequantized {
  const parameters = f.local('i32')
  f.set(parameters, constant(parametersAt))
  const last = f.local('i32')
  const finish = epilogue.begin(f)
  return (sums, output, elements) => {
    const complete = Math.floor(elements / blockChannels)
    const common = { parameters, positionOffsets: sums.map((_, block) => block * blockChannels) }
    const positions = sums.slice(0, complete).map((sum) => [sum])
    if (complete > 0) finish({ ...common, sums: positions, output, channels: blockChannels })
    const rest = elements - complete * blockChannels
    if (rest === 0) return
    f.set(last, operation('i32.add', get(output), constant(complete * blockChannels)))
    finish({ ...common, sums: [[sums[complete]!]], output: last, channels: rest })
  }
}
