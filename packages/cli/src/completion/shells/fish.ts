/** Works when it is sourced, and as `~/.config/fish/completions/quantrx.fish`. */
export const fish = `# fish completion for quantrx: quantrx completion fish | source
function __quantrx_complete
    set -l before (commandline -opc)
    set -e before[1]
    set -l current (commandline -ct)
    for line in (quantrx complete --current="$current" -- $before 2>/dev/null)
        if string match -q ':files*' -- $line
            set -l extensions (string split -n ' ' -- (string sub -s 7 -- $line))
            for path in (__fish_complete_path $current)
                set -l name (string split -f 1 \\t -- $path)
                if test (count $extensions) -eq 0; or string match -q '*/' -- $name
                    echo $path
                else if contains -- (string match -r '\\.[^.]*$' -- $name) $extensions
                    echo $path
                end
            end
        else
            echo $line
        end
    end
end
complete -c quantrx -f -a '(__quantrx_complete)'
`
