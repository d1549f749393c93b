export type * from './document.ts'
export { renderReport } from './render-report.ts'
