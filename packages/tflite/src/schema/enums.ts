/** Enumerations of the schema: what their values are stored as, and the number of each name. */
export const enums = {
  TensorType: {
    storage: 'byte',
    values: {
      FLOAT32: 0,
      FLOAT16: 1,
      INT32: 2,
      UINT8: 3,
      INT64: 4,
      STRING: 5,
      BOOL: 6,
      INT16: 7,
      COMPLEX64: 8,
      INT8: 9,
      FLOAT64: 10,
      COMPLEX128: 11,
      UINT64: 12,
      RESOURCE: 13,
      VARIANT: 14,
      UINT32: 15,
      UINT16: 16,
      INT4: 17,
      BFLOAT16: 18,
      INT2: 19,
      UINT4: 20,
      FLOAT8_E4M3FN: 21,
      FLOAT8_E5M2: 22,
    },
  },
  DimensionType: {
    storage: 'byte',
    values: { DENSE: 0, SPARSE_CSR: 1 },
  },
  StablehloPrecisionConfig: {
    storage: 'uint',
    values: { DEFAULT: 0, HIGH: 1, HIGHEST: 2 },
  },
  StablehloComparisonDirection: {
    storage: 'uint',
    values: {
      STABLEHLO_COMPARISON_DIRECTION_EQ: 0,
      STABLEHLO_COMPARISON_DIRECTION_NE: 1,
      STABLEHLO_COMPARISON_DIRECTION_GE: 2,
      STABLEHLO_COMPARISON_DIRECTION_GT: 3,
      STABLEHLO_COMPARISON_DIRECTION_LE: 4,
      STABLEHLO_COMPARISON_DIRECTION_LT: 5,
    },
  },
  StablehloComparisonType: {
    storage: 'uint',
    values: {
      STABLEHLO_COMPARISON_TYPE_NOTYPE: 0,
      STABLEHLO_COMPARISON_TYPE_FLOAT: 1,
      STABLEHLO_COMPARISON_TYPE_FLOAT_TOTAL_ORDER: 2,
      STABLEHLO_COMPARISON_TYPE_SIGNED: 3,
      STABLEHLO_COMPARISON_TYPE_UNSIGNED: 4,
    },
  },
  RngAlgorithm: {
    storage: 'byte',
    values: { DEFAULT: 0, PHILOX: 1, THREEFRY: 2 },
  },
  Padding: {
    storage: 'byte',
    values: { SAME: 0, VALID: 1 },
  },
  ActivationFunctionType: {
    storage: 'byte',
    values: { NONE: 0, RELU: 1, RELU_N1_TO_1: 2, RELU6: 3, TANH: 4, SIGN_BIT: 5 },
  },
  LSHProjectionType: {
    storage: 'byte',
    values: { UNKNOWN: 0, SPARSE: 1, DENSE: 2 },
  },
  FullyConnectedOptionsWeightsFormat: {
    storage: 'byte',
    values: { DEFAULT: 0, SHUFFLED4x16INT8: 1 },
  },
  LSTMKernelType: {
    storage: 'byte',
    values: { FULL: 0, BASIC: 1 },
  },
  CombinerType: {
    storage: 'byte',
    values: { SUM: 0, MEAN: 1, SQRTN: 2 },
  },
  MirrorPadMode: {
    storage: 'byte',
    values: { REFLECT: 0, SYMMETRIC: 1 },
  },
  ReduceWindowFunction: {
    storage: 'int',
    values: { UNSUPPORTED: 0, ADD: 1, MUL: 2, MINIMUM: 3, MAXIMUM: 4, ALL: 5, ANY: 6 },
  },
  CustomOptionsFormat: {
    storage: 'byte',
    values: { FLEXBUFFERS: 0 },
  },
} as const
