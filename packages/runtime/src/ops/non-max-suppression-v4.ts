import type { OperatorImplementation } from '../operator.ts'
import { chosenShapes, indicesOfBoxes, numberOfBoxes, prepareChoice } from '../shared/non-max-suppression.ts'
import { outputAt } from '../shared/operands.ts'

/** NON_MAX_SUPPRESSION_V4: indices of the boxes that are kept, and how many they are. */
export const nonMaxSuppressionV4: OperatorImplementation<'NON_MAX_SUPPRESSION_V4'> = {
  kind: 'NON_MAX_SUPPRESSION_V4',
  supports: ['float32'],
  sizesOutputs: true,
  outputShapes: chosenShapes,
  prepare: (context) =>
    prepareChoice(context, [
      { tensor: outputAt(context), type: 'int32', valuesOf: indicesOfBoxes },
      { tensor: outputAt(context, 1), type: 'int32', valuesOf: numberOfBoxes, single: true },
    ]),
}
