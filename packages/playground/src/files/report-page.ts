/** Loaded only when somebody asks for a report: drawing needs more code than the rest of the page. */
export { renderReport } from '@quantrx/report'
