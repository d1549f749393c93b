/** Where it answers nothing, PowerShell completes paths by itself. */
export const powershell = `# PowerShell completion for quantrx: quantrx completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName quantrx -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
    ForEach-Object { $_.Extent.Text.Trim('"', "'") })
  quantrx complete "--current=$wordToComplete" -- @before 2>$null |
    Where-Object { $_ -notlike ':files*' } |
    ForEach-Object {
      $value, $description = $_ -split "\`t", 2
      if (-not $description) { $description = $value }
      [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $description)
    }
}
`
