/** A file to write, its path relative to the workspace. */
export interface PluginFile {
  readonly path: string
  readonly text: string
}
