#!/usr/bin/env node
import { main } from '@quantrx/cli'
const exitCode = await main(process.argv.slice(2))
// Output that could not be written has set one already, perhaps after all else went well.
process.exitCode ||= exitCode
// What was stopped by a signal may have left something open.
if (exitCode > 2) process.exit()
