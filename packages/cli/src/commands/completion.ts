import { Argument } from 'commander'
import type { CommandDefinition } from '../command.ts'
import * as shells from '../completion/shells/index.ts'

/** `quantrx completion SHELL`: the script by which a shell completes what is typed. */
export const completion: CommandDefinition = {
  name: 'completion',
  description: 'print a script by which a shell completes commands, options, values and files',
  examples: [
    { does: 'Print the script; in ~/.bashrc: source <(quantrx completion bash)', line: 'completion bash' },
    { does: 'For zsh, in ~/.zshrc after compinit: source <(quantrx completion zsh)', line: 'completion zsh' },
    {
      does: 'For fish: quantrx completion fish > ~/.config/fish/completions/quantrx.fish',
      line: 'completion fish',
    },
    {
      does: 'For PowerShell, in $PROFILE: quantrx completion powershell | Out-String | Invoke-Expression',
      line: 'completion powershell',
    },
  ],
  define(command, { stdout }) {
    command
      .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(shells)))
      .action((shell: keyof typeof shells, { json }: { json?: boolean }) => {
        const script = shells[shell]
        stdout(json === true ? `${JSON.stringify({ shell, script })}\n` : script)
      })
  },
}
