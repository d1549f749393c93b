/** What a command has taken from a config file, as part of the recipe of its result. */
export interface ConfigFacts {
  /** Path of the config file. */
  readonly file: string
  /** The options that were taken, by their names in the file, as they were understood; paths are absolute. */
  readonly options: Readonly<Record<string, string | number | boolean>>
}
