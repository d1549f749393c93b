import type { Random } from '@quantrx/core'
import { activation, integers, oneOf, randomShape, reals } from './random-operators.conformance.ts'
import type { RandomOperator } from './random-operators.conformance.ts'

/** How operators that sum products are drawn. */
export const productOperators: Readonly<Record<string, (random: Random) => Omit<RandomOperator, 'kind'>>> = {
  BATCH_MATMUL(random) {
    const [rows, depth, columns] = randomShape(random, 3, 9) as [number, number, number]
    const batches = randomShape(random, random.integer(3), 3)
    const [adjX, adjY] = [oneOf(random, false, true), oneOf(random, false, true)]
    const right = [
      ...batches.slice(random.integer(batches.length + 1)).map((size) => oneOf(random, size, 1)),
      ...(adjY ? [columns, depth] : [depth, columns]),
    ]
    return {
      operands: [
        activation([...batches, ...(adjX ? [depth, rows] : [rows, depth])]),
        oneOf(random, activation(right), reals(random, right)),
      ],
      options: { kind: 'BatchMatMulOptions', adjX, adjY, asymmetricQuantizeInputs: false },
      outputs: [{ shape: [...batches, rows, columns] }],
    }
  },
  TRANSPOSE_CONV(random) {
    const [height, width, depth, channels] = randomShape(random, 4) as [number, number, number, number]
    const [strideH, strideW, filterHeight, filterWidth] = randomShape(random, 4, 4) as [
      number,
      number,
      number,
      number,
    ]
    const same = random.integer(2) === 0
    const shape = same
      ? [2, height * strideH - random.integer(strideH), width * strideW - random.integer(strideW), channels]
      : [2, (height - 1) * strideH + filterHeight, (width - 1) * strideW + filterWidth, channels]
    const bias = oneOf(random, [], [reals(random, [channels])])
    return {
      version: bias.length > 0 ? 3 : 1,
      operands: [
        integers(...shape),
        reals(random, [channels, filterHeight, filterWidth, depth]),
        activation([2, height, width, depth]),
        ...bias,
      ],
      options: {
        kind: 'TransposeConvOptions',
        padding: same ? 'SAME' : 'VALID',
        ...{ strideH, strideW, fusedActivationFunction: 'NONE', quantizedBiasType: 'FLOAT32' },
      },
      outputs: [{ shape }],
    }
  },
}
