import { UsageError } from '@quantrx/core'
import type { ErrorDetails } from '@quantrx/core'

/** The error for a config file that cannot be used as it is. */
export const configError = (details: Omit<ErrorDetails, 'stage'>): UsageError =>
  new UsageError({ stage: 'command', ...details })
