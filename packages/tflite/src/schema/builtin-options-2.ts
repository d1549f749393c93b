import type { TableSchema } from './table-schema.ts'

/** Option tables of the second options union, in the order of its tags. */
export const builtinOptions2Tables = {
  StablehloConcatenateOptions: {
    dimension: { id: 0, type: 'long' },
  },
  StablehloBroadcastInDimOptions: {
    broadcastDimensions: { id: 0, type: '[long]' },
  },
  StablehloSliceOptions: {
    startIndices: { id: 0, type: '[long]' },
    limitIndices: { id: 1, type: '[long]' },
    strides: { id: 2, type: '[long]' },
  },
  StablehloConvolutionOptions: {
    windowStrides: { id: 0, type: '[long]' },
    padding: { id: 1, type: '[long]' },
    lhsDilation: { id: 2, type: '[long]' },
    rhsDilation: { id: 3, type: '[long]' },
    windowReversal: { id: 4, type: '[bool]' },
    inputBatchDimension: { id: 5, type: 'long' },
    inputFeatureDimension: { id: 6, type: 'long' },
    inputSpatialDimensions: { id: 7, type: '[long]' },
    kernelInputFeatureDimension: { id: 8, type: 'long' },
    kernelOutputFeatureDimension: { id: 9, type: 'long' },
    kernelSpatialDimensions: { id: 10, type: '[long]' },
    outputBatchDimension: { id: 11, type: 'long' },
    outputFeatureDimension: { id: 12, type: 'long' },
    outputSpatialDimensions: { id: 13, type: '[long]' },
    featureGroupCount: { id: 14, type: 'long' },
    batchGroupCount: { id: 15, type: 'long' },
    precisionConfig: { id: 16, type: '[StablehloPrecisionConfig]' },
  },
  StablehloCustomCallOptions: {
    callTargetName: { id: 0, type: 'string' },
    hasSideEffect: { id: 1, type: 'bool' },
    backendConfig: { id: 2, type: 'string' },
    apiVersion: { id: 3, type: 'int' },
    calledComputations: { id: 4, type: '[int]' },
    customAttributes: { id: 5, type: '[ubyte]' },
  },
  StablehloReduceOptions: {
    dimensions: { id: 0, type: '[long]' },
    bodySubgraphIndex: { id: 1, type: 'int' },
  },
  StablehloScatterOptions: {
    indicesAreSorted: { id: 0, type: 'bool' },
    updateWindowDims: { id: 1, type: '[long]' },
    insertedWindowDims: { id: 2, type: '[long]' },
    scatterDimsToOperandDims: { id: 3, type: '[long]' },
    indexVectorDim: { id: 4, type: 'long' },
    uniqueIndices: { id: 5, type: 'bool' },
    updateComputationSubgraphIndex: { id: 6, type: 'int' },
  },
  StablehloCompareOptions: {
    comparisonDirection: {
      id: 0,
      type: 'StablehloComparisonDirection',
      default: 'STABLEHLO_COMPARISON_DIRECTION_EQ',
    },
    compareType: { id: 1, type: 'StablehloComparisonType', default: 'STABLEHLO_COMPARISON_TYPE_NOTYPE' },
  },
  StablehloDynamicSliceOptions: {
    sliceSizes: { id: 0, type: '[long]' },
  },
  StablehloPadOptions: {
    edgePaddingLow: { id: 0, type: '[long]' },
    edgePaddingHigh: { id: 1, type: '[long]' },
    interiorPadding: { id: 2, type: '[long]' },
  },
  StablehloIotaOptions: {
    iotaDimension: { id: 0, type: 'long' },
  },
  StablehloDotGeneralOptions: {
    lhsBatchingDimensions: { id: 0, type: '[long]' },
    rhsBatchingDimensions: { id: 1, type: '[long]' },
    lhsContractingDimensions: { id: 2, type: '[long]' },
    rhsContractingDimensions: { id: 3, type: '[long]' },
    precisionConfig: { id: 4, type: '[StablehloPrecisionConfig]' },
  },
  StablehloReduceWindowOptions: {
    windowDimensions: { id: 0, type: '[long]' },
    windowStrides: { id: 1, type: '[long]' },
    baseDilations: { id: 2, type: '[long]' },
    windowDilations: { id: 3, type: '[long]' },
    padding: { id: 4, type: '[long]' },
    bodySubgraphIndex: { id: 5, type: 'int' },
  },
  StablehloSortOptions: {
    dimension: { id: 0, type: 'long' },
    isStable: { id: 1, type: 'bool' },
    comparatorSubgraphIndex: { id: 2, type: 'int' },
  },
  StablehloWhileOptions: {
    condSubgraphIndex: { id: 0, type: 'int' },
    bodySubgraphIndex: { id: 1, type: 'int' },
  },
  StablehloGatherOptions: {
    offsetDims: { id: 0, type: '[long]' },
    collapsedSliceDims: { id: 1, type: '[long]' },
    startIndexMap: { id: 2, type: '[long]' },
    indexVectorDim: { id: 3, type: 'long' },
    sliceSizes: { id: 4, type: '[long]' },
    indicesAreSorted: { id: 5, type: 'bool' },
  },
  StablehloTransposeOptions: {
    permutation: { id: 0, type: '[long]' },
  },
  DilateOptions: {},
  StablehloRngBitGeneratorOptions: {
    algorithm: { id: 0, type: 'RngAlgorithm', default: 'DEFAULT' },
  },
  ReduceWindowOptions: {
    reduceFunction: { id: 0, type: 'ReduceWindowFunction', default: 'UNSUPPORTED' },
  },
  StableHLOCompositeOptions: {
    name: { id: 0, type: 'string' },
    decompositionSubgraphIndex: { id: 1, type: 'int' },
    compositeAttributes: { id: 2, type: '[ubyte]' },
    compositeAttributesFormat: { id: 3, type: 'CustomOptionsFormat', default: 'FLEXBUFFERS' },
    version: { id: 4, type: 'int' },
  },
  StablehloShiftLeftOptions: {},
  StablehloCaseOptions: {
    branchSubgraphIndices: { id: 0, type: '[int]' },
  },
} as const satisfies Record<string, TableSchema>
