import type { Command } from 'commander'

/** Heading of the options that belong to no group. */
const otherOptions = 'Options:'

/** Adds options that stand under a heading of their own in the help of a command. */
export function optionGroup(command: Command, heading: string, add: (command: Command) => Command): Command {
  return add(command.optionsGroup(`${heading}:`)).optionsGroup(otherOptions)
}
