/** Compiles the package that it is run in, with its eager functions in parentheses. Exits 1 when the compiler finds an error. */
import { compilePackage } from './eager-functions/compile.ts'

const errors = compilePackage(process.cwd())
if (errors !== '') {
  console.error(errors)
  process.exitCode = 1
}
