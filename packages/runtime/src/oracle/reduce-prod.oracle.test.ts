import { allocate, elementCount, seededRandom, viewBytes } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import { openLiteRt } from '@quantrx/testing'
import { readModel, writeModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { compile } from '../compile.ts'
import { tinyModel } from '../tiny-model.conformance.ts'

// Of rows of one element LiteRT makes values that have nothing to do with them, unlike release 2.9, which computes what we do.
it.each(['int8', 'int16'] as const)('REDUCE_PROD on %s is exact in LiteRT', async (type) => {
  for (let seed = 0; seed < 6; seed++) {
    const random = seededRandom(seed)
    const shape = [2, 2 + random.integer(3), 2 + random.integer(2)]
    const axis = 1 + random.integer(2)
    const quantization = () => ({
      type: type.toUpperCase() as 'INT8' | 'INT16',
      scale: Math.fround((type === 'int8' ? 0.01 : 0.0001) * (1 + 4 * random.next())),
      zeroPoint: type === 'int8' ? random.integer(21) - 10 : 0,
    })
    const model = tinyModel(
      [
        { name: 'x', shape, ...quantization() },
        { name: 'axes', shape: [1], type: 'INT32', data: Int32Array.of(axis) },
        { name: 'y', shape: shape.filter((_, at) => at !== axis), ...quantization() },
      ],
      [
        {
          ...{ kind: 'REDUCE_PROD', inputs: [0, 1], outputs: [2] },
          options: { kind: 'ReducerOptions', keepDims: false },
        },
      ],
      [0],
      [2],
    )
    const operatorCodes = model.operatorCodes!.map((code) => ({ ...code, version: 2 }))
    const bytes = writeModel({ ...model, operatorCodes })
    const data = allocate(type, elementCount(shape))
    new Uint8Array(data.buffer).forEach((_, at, all) => (all[at] = random.integer(256)))
    const oracle = await openLiteRt(bytes)
    const [expected] = await oracle.run([new Uint8Array(data.buffer)])
    oracle.close()
    const [found] = (await compile(readModel(bytes))).run([{ type, shape, data } as Tensor])
    expect(Array.from(found!.data as Int16Array), `seed ${seed}`).toEqual(
      Array.from(viewBytes(type, expected!) as Int16Array),
    )
  }
})
