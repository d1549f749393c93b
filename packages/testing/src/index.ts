export * from './fixtures.ts'
export * from './golden.ts'
export * from './npy.ts'
