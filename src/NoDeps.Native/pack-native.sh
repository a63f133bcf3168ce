#!/bin/sh
# From the linked program, OBJECT_DIR/nodeps, to the finished one, OBJECT_DIR/packed, which has no symbols and carries parts
# of the code deflated: see packed.S and packed.ld. Called by build-native.sh:
#   pack-native.sh OBJECT_DIR SELDOM_TYPES
# SELDOM_TYPES are the types of the commands that are seldom used and of what only they call, separated by "|".
set -eu
objects=$1 seldom_types=$2

nm -n "$objects/nodeps" > "$objects/symbols"
address() { # SYMBOL
    echo $((0x$(sed -n "s/ . $1\$//p" "$objects/symbols")))
}

# Nobody else may go to the code of these types, except Dispatch, which has it unpacked first; train with --profile, for
# which Dispatch does so, too; Tell, which calls an object that only an explanation makes; and the writer of gzip files,
# which only lab and bench call.
astray=$(objdump -d --no-show-raw-insn --no-addresses "$objects/nodeps" | awk -v types="$seldom_types" '
    BEGIN {
        inside = "<nodeps_NoDeps_(Cli|Network|Primitives)_(" types ")_"
        allowed = "^<nodeps_NoDeps_(Cli_Program__Dispatch>: |Cli_TrainCommand__.* <nodeps_NoDeps_Cli_LayerTimes_" \
            "|Primitives_InflateState__Report>: <nodeps_NoDeps_Cli_InflateExplanation_" \
            "|Formats_GzipWriter__.* <nodeps_NoDeps_Primitives_)"
    }
    /^</ {here = $1; watched = here !~ inside; next}
    watched && match($0, inside) {call = here " " substr($0, RSTART); if (call !~ allowed && !seen[call]++) print call}')
if [ -n "$astray" ]; then
    echo "pack-native.sh : error NODEPS002: code that is unpacked for some commands only is called by others: $astray"
    exit 1
fi

# Where it is: for some namespaces the longest run of it, in whole pages.
run() { # NAMESPACES
    awk -v types="^nodeps_NoDeps_($1)_($seldom_types)_" '
        function number(hex,  i, n) {
            for (i = 1; i <= length(hex); i++) n = n * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
            return n
        }
        $3 == "nd_rodata" {if (first == last) first = last = number($1)}
        $3 ~ types {if (!run) {run = 1; from = number($1)}; next}
        run && number($1) > from {
            run = 0
            page = int((from + 4095) / 4096) * 4096
            end = int(number($1) / 4096) * 4096
            if (end - page > last - first) {first = page; last = end}
        }
        END {print first, last}' "$objects/symbols"
}
commands=$(run 'Cli|Network') primitives=$(run Primitives)

note=$(address nd_note)
objcopy -O binary "$objects/nodeps" "$objects/image.bin"
deflate() { # NAME FROM TO
    dd if="$objects/image.bin" bs=64K iflag=skip_bytes,count_bytes skip=$(($2 - note)) count=$(($3 - $2)) status=none |
        gzip -9 -n > "$objects/$1.gz"
}
for level in v3 v4; do
    deflate kernels_$level "$(address nd_kernels_${level}_memory)" "$(address nd_kernels_${level}_memory_end)"
done
deflate texts "$(address nd_texts_memory)" "$(address nd_texts_memory_end)"
deflate commands "${commands% *}" "${commands#* }"
deflate primitives "${primitives% *}" "${primitives#* }"

# Both the assembler and the linker are told all addresses.
set -- nd_commands="${commands% *}" nd_commands_end="${commands#* }" \
    nd_primitives="${primitives% *}" nd_primitives_end="${primitives#* }"
for symbol in $(sed -n 's/^[0-9a-f]* . \(nd_[a-z0-9_]*\)$/\1/p' "$objects/symbols"); do
    set -- "$@" "$symbol=$(address "$symbol")"
done
# shellcheck disable=SC2046 # each is a word
gcc -c -DFINISHED=1 -Wa,--no-warn -Wa,-I"$objects" $(printf ' -Wa,--defsym,%s' "$@") packed.S -o "$objects/packed.o"
# shellcheck disable=SC2046
ld -static -s -e "$(address _start)" $(printf ' --defsym=%s' "$@") -T packed.ld -z noexecstack -z max-page-size=4096 \
    -o "$objects/packed" "$objects/packed.o"
# The addresses begin at 0 and all are relative: ET_DYN in the place of ET_EXEC.
printf '\003' | dd of="$objects/packed" bs=1 seek=16 conv=notrunc status=none
