/**
 * What improves on plain quantization, in the order in which it is applied: to the model, to the weights, to the biases. `best` stands
 * alone: it chooses among the others, and the ranges, by what helps on calibration samples.
 */
export const algorithmNames = ['best', 'equalize', 'gptq', 'bias-correction'] as const

/** One of {@link algorithmNames}. */
export type AlgorithmName = (typeof algorithmNames)[number]
