export * from './check-types.ts'
export * from './code-blocks.ts'
export * from './example-folder.ts'
export * from './run-document.ts'
