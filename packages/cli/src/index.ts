export type { Environment, FileSystem } from './environment.ts'
export { main } from './main.ts'
export type { ExitCode } from './main.ts'
