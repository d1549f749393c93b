// Empties the build folder of the package that it is run in: what a source that is gone left there would be published.
import { rmSync } from 'node:fs'

rmSync('dist', { recursive: true, force: true })
