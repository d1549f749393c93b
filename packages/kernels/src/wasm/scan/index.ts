export { memoryScanner } from './memory-scan.ts'
export { scratchBytes as scanScratchBytes } from './scratch.ts'
