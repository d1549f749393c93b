import { seededRandom } from '@quantrx/core'
import { describeWithFixtures, goldenCases } from '@quantrx/testing'
import { expect, it } from 'vitest'
import { compareWithLiteRt, randomBytes } from './compare.conformance.ts'

/** Steps by which outputs may differ from LiteRT's. */
const tolerance: Readonly<Record<string, number>> = { SOFTMAX: 1 }

const operators = [
  ...['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED', 'ADD', 'SUB', 'MUL', 'MEAN', 'SOFTMAX', 'PAD'],
  ...['AVERAGE_POOL_2D', 'MAX_POOL_2D', 'RESHAPE', 'SQUEEZE', 'CONCATENATION', 'QUANTIZE', 'DEQUANTIZE'],
  ...['LOGISTIC', 'TANH', 'RELU', 'RELU6'],
  ...['TRANSPOSE', 'SLICE', 'STRIDED_SLICE', 'SPLIT', 'SPLIT_V', 'PACK', 'UNPACK', 'GATHER', 'TILE'],
  ...['BROADCAST_TO', 'REVERSE_V2', 'MIRROR_PAD', 'PADV2', 'SPACE_TO_DEPTH', 'DEPTH_TO_SPACE'],
  ...['SPACE_TO_BATCH_ND', 'BATCH_TO_SPACE_ND', 'RESIZE_NEAREST_NEIGHBOR', 'RESIZE_BILINEAR', 'SUM'],
  ...['REDUCE_MAX', 'REDUCE_MIN', 'ARG_MAX'],
  ...['CONV_2D.int16', 'DEPTHWISE_CONV_2D.int16', 'FULLY_CONNECTED.int16'],
  ...['BATCH_MATMUL', 'TRANSPOSE_CONV', 'TRANSPOSE_CONV.int16'],
  ...['MEAN.int16', 'LOGISTIC.int16', 'TANH.int16', 'SOFTMAX.int16'],
  ...['CONV_2D.int4w', 'DEPTHWISE_CONV_2D.int4w', 'FULLY_CONNECTED.int4w'],
]

/** LiteRT refuses CONV_2D without bias, and scales from 256 on, of which FULLY_CONNECTED has a case. */
const refusals: Readonly<Record<string, readonly string[]>> = {
  'CONV_2D.int16': ['CONV_2D.int16/009'],
  CONV_2D: ['CONV_2D/009', 'CONV_2D/029', 'CONV_2D/049'],
  FULLY_CONNECTED: ['FULLY_CONNECTED/046'],
}

/** An input scale of 2^-12, for which LiteRT has fixed-point functions of their own. */
const notFollowed: Readonly<Record<string, readonly string[]>> = {
  'LOGISTIC.int16': ['LOGISTIC.int16/006'],
  'TANH.int16': ['TANH.int16/006'],
}

describeWithFixtures('the models of the golden cases give the same bits as LiteRT', () => {
  it.each(operators)('%s', async (operator) => {
    const random = seededRandom(1)
    const [refused, wrong]: [string[], { readonly id: string; readonly tag: unknown }[]] = [[], []]
    let values = 0
    for (const { id, tag, model, inputs } of goldenCases(operator)) {
      const found = await compareWithLiteRt(model, (tensors) => [
        inputs.map(({ bytes }) => bytes),
        ...[1, 2, 3].map(() => tensors.map((tensor) => randomBytes(tensor, random))),
      ])
      values += found.values
      if (found.refusal !== undefined) refused.push(id)
      else if (found.largest > (tolerance[operator] ?? 0)) wrong.push({ id, tag, ...found })
    }
    expect(wrong.filter(({ id }) => !notFollowed[operator]?.includes(id))).toEqual([])
    expect(wrong).toHaveLength(notFollowed[operator]?.length ?? 0)
    expect(refused).toEqual(refusals[operator] ?? [])
    expect(values).toBeGreaterThan(200)
  })
})
