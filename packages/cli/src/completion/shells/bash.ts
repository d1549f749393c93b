/**
 * Bash splits words at `=` and `:` and replaces only the last part, so words are put together again for the question, and
 * what stands before the last part is cut from the answers. It needs nothing but bash 3.2 or newer.
 */
export const bash = `# bash completion for quantrx: source <(quantrx completion bash)
_quantrx() {
  local word joined= last="\${COMP_WORDS[COMP_CWORD]}" tab=$'\\t'
  local -a words=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [[ \${#words[@]} -gt 0 && ( $word == [=:]* || -n $joined ) ]]; then
      words[\${#words[@]}-1]+=$word
    else
      words+=("$word")
    fi
    [[ $word == *[=:] ]] && joined=yes || joined=
  done
  local count=\${#words[@]}
  local current="\${words[count-1]}"
  [[ $last == [=:] ]] && last=
  local cut="\${current%"$last"}"
  COMPREPLY=()
  local line path
  while IFS= read -r line; do
    case $line in
      :files*)
        compopt -o filenames 2>/dev/null
        while IFS= read -r path; do
          if [[ -d $path || $line == :files || " \${line#:files } " == *" .\${path##*.} "* ]]; then
            COMPREPLY+=("$path")
          fi
        done < <(compgen -f -- "$last")
        ;;
      *)
        line=\${line%%"$tab"*}
        [[ $line == "$current"* ]] && COMPREPLY+=("\${line#"$cut"}")
        ;;
    esac
  done < <(quantrx complete --current="$current" -- "\${words[@]:0:count-1}" 2>/dev/null)
}
complete -F _quantrx quantrx
`
