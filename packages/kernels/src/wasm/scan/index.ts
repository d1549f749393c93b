export { memoryScanner, scanFunctions } from './memory-scan.ts'
export type { ScanExports } from './memory-scan.ts'
export { scratchBytes as scanScratchBytes } from './scratch.ts'
