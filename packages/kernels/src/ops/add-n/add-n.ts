/** ADD_N of float32 or int32 tensors of one shape: summed in order, each sum rounded to the type of the output. */
export function addNElements<Numbers extends Float32Array | Int32Array>(
  inputs: readonly Numbers[],
  output: Numbers,
): void {
  output.fill(0)
  for (const input of inputs) for (let i = 0; i < output.length; i++) output[i] = output[i]! + input[i]!
}
