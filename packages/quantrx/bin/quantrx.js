#!/usr/bin/env node
import { main } from '@quantrx/cli'
process.exitCode = await main(process.argv.slice(2))
