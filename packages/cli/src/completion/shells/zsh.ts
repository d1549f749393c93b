/**
 * Works from a file `_quantrx` in a folder of `$fpath`, and when it is sourced after `compinit`. The bar in the pattern of files
 * is there since zsh takes brackets without one for a qualifier.
 */
export const zsh = `#compdef quantrx
# zsh completion for quantrx: source <(quantrx completion zsh)
_quantrx() {
  local line current="\${words[CURRENT]}"
  local -a values extensions
  local tab=$'\\t' files=
  for line in "\${(@f)$(quantrx complete --current="$current" -- "\${(@)words[2,CURRENT-1]}" 2>/dev/null)}"; do
    case $line in
      '') ;;
      :files*) files=yes; extensions=(\${=line#:files}) ;;
      *) values+=("\${\${line//:/\\\\:}/$tab/:}") ;;
    esac
  done
  if [[ $current == --*=* ]]; then
    compset -P '*='
    values=("\${values[@]#--*=}")
  fi
  (( \${#values} )) && _describe -t values 'quantrx' values
  if [[ -n $files ]]; then
    if (( \${#extensions} )); then _files -g "*.(\${(j:|:)\${extensions#.}}|)"; else _files; fi
  fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _quantrx "$@"
else
  compdef _quantrx quantrx
fi
`
