/**
 * All of this package but the stage `infer()`: for who runs models and has no use for RxJS, which Node takes longer to load than this.
 *
 * @module
 */
export { activationRunner } from './activation-runner.ts'
export type { ActivationOptions } from './activation-runner.ts'
export { bindInput, shapeFits, takesStoredIntegers } from './bind-input.ts'
export { hasOpenInputs, inputShapesFor, shapedFor, waitsForSample } from './bind-shapes.ts'
export { compile } from './compile.ts'
export type { CompileOptions, RunOptions } from './compile.ts'
export type { CustomOperator, CustomOperatorContext, CustomOperators } from './custom/custom-operator.ts'
export { shippedCustomOperators } from './custom/shipped.ts'
export { leftOutOperators } from './left-out-operators.ts'
export type { LeftOutOperator } from './left-out-operators.ts'
export type { OperatorContext, OperatorImplementation, RuntimeTensor, Step } from './operator.ts'
export { subgraphOf } from './signature.ts'
export type { Program, ProgramInputs, ProgramOperator, TensorVisitor, TurboState } from './program.ts'
export { realValues } from './real-values.ts'
export { supportedOperators } from './registry.ts'
export { compileStandalone } from './standalone/compile-standalone.ts'
export type {
  StandaloneDescription,
  StandaloneModule,
  StandaloneOptions,
} from './standalone/compile-standalone.ts'
export type { StandaloneTensor } from './standalone/describe-tensor.ts'
