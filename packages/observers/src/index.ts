export * from './collection.ts'
export { distribution } from './distribution.ts'
export * from './histogram.ts'
export { histogramObserver } from './histogram-observer.ts'
export { observe } from './observe.ts'
export type { ObserveOptions } from './observe.ts'
export * from './observers/index.ts'
/** Every observer of this package by the name of its factory; each takes at most one number, with a default. */
export * as observers from './observers/index.ts'
