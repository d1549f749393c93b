import { compile } from '@quantrx/runtime'
import { describeWith, describeWithFixtures } from '@quantrx/testing'
import { builtinCodeFields } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { onnxRuntimeUrl, openOnnxRuntime } from '../contestants/onnxruntime-web.ts'
import { modelCase } from '../models/model-files.ts'
import { networks } from '../models/networks.ts'
import { floatToOnnx } from './float-to-onnx.ts'

const url = onnxRuntimeUrl()

describeWithFixtures('floatToOnnx', () => {
  describeWith('onnxruntime-web', url !== undefined, 'in onnxruntime-web', () => {
    it.each(networks)('computes what we compute: $name', async (network) => {
      const float = await modelCase(network, 'float', '')
      const theirs = await (await openOnnxRuntime(url ?? '', float)).run()
      const ours = (await compile(float.model)).run(float.inputs)[0]?.data as Float32Array
      expect(theirs).toHaveLength(ours.length)
      expect(Math.max(...theirs.map((value, at) => Math.abs(value - ours[at]!)))).toBeLessThan(1e-5)
    })
  })

  it('refuses what the measured models do not have', async () => {
    const { model } = await modelCase(networks[0]!, 'float', '')
    const operatorCodes = (model.operatorCodes ?? []).map((code) => ({
      ...code,
      ...builtinCodeFields('LOGISTIC'),
    }))
    expect(() => floatToOnnx({ ...model, operatorCodes })).toThrow('ONNX: no operator for LOGISTIC')
  })
})
