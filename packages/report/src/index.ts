export type * from './document.ts'
/** Figures as the page writes them. */
export * as figures from './page/numbers.ts'
export { pictureUrl } from './sections/picture-url.ts'
export { renderReport } from './render-report.ts'
export { sentence as verdictSentence } from './sections/verdict.ts'
