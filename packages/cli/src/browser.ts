/**
 * What the commands do with models and samples, without files and terminals: for pages that do the same in a browser.
 *
 * @module
 */
export { collectReport } from './report/collect-report.ts'
export type { ReportPlan, ReportedModel } from './report/collect-report.ts'
export { pictureOf } from './report/disagreements.ts'
export { describeModel } from './shared/describe-model.ts'
export type { ModelDescription } from './shared/describe-model.ts'
export { publishedClassNames } from './shared/model-classes.ts'
export { normalizedAsPublished, normalizedPixels } from './shared/published-normalization.ts'
export { observerNamed, observerNames, schemeNamed, schemeNames } from './shared/strategies.ts'
