#!/usr/bin/env node
import { main } from '@quantrx/cli'
const exitCode = await main(process.argv.slice(2))
// What was stopped by a signal may have left something open.
if (exitCode > 2) process.exit(exitCode)
process.exitCode = exitCode
