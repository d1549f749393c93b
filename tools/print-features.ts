/** Prints how many builtin operators run on which types and can be quantized. */
import { renderCounts } from './features.ts'

console.log(renderCounts())
