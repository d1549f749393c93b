import { expectTypeOf, it } from 'vitest'
import type { BuiltinOptions, Model, OptionsOf, SubGraph, Tensor, TensorType } from './types.ts'

it('infers the graph from the schema', () => {
  expectTypeOf<Model['version']>().toEqualTypeOf<number>()
  expectTypeOf<Model['subgraphs']>().toEqualTypeOf<readonly SubGraph[] | undefined>()
  expectTypeOf<Tensor['shape']>().toEqualTypeOf<readonly number[] | undefined>()
  expectTypeOf<Tensor['type']>().toEqualTypeOf<TensorType>()
  expectTypeOf<NonNullable<Tensor['quantization']>['zeroPoint']>().toEqualTypeOf<
    readonly bigint[] | undefined
  >()
  expectTypeOf<'FLOAT32'>().toExtend<TensorType>()
})

it('infers the options of an operator', () => {
  expectTypeOf<OptionsOf<'CONV_2D'>['strideW']>().toEqualTypeOf<number>()
  expectTypeOf<'SAME'>().toExtend<OptionsOf<'CONV_2D'>['padding']>()
  expectTypeOf<OptionsOf<'RESHAPE'>['newShape']>().toEqualTypeOf<readonly number[] | undefined>()
  expectTypeOf<keyof OptionsOf<'LOGISTIC'>>().toEqualTypeOf<never>()
  expectTypeOf<OptionsOf<'STABLEHLO_COMPOSITE'>['name']>().toEqualTypeOf<string | undefined>()
})

it('tells the members of a union apart by kind', () => {
  const strideOf = (options: BuiltinOptions): number | undefined =>
    options.kind === 'Conv2DOptions' ? options.strideW : undefined
  expectTypeOf(strideOf).returns.toEqualTypeOf<number | undefined>()
  // @ts-expect-error a convolution has no pool filter
  const wrong = (options: BuiltinOptions) => (options.kind === 'Conv2DOptions' ? options.filterWidth : 0)
  expectTypeOf(wrong).toBeFunction()
})
