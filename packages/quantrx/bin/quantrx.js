#!/usr/bin/env node
import { main } from '@quantrx/cli'
const exitCode = await main(process.argv.slice(2))
// What was stopped by a signal may still wait for something, a network or a pipe.
if (exitCode > 2) process.exit(exitCode)
process.exitCode = exitCode
