#!/bin/sh
# From the three bare assemblies to out/nodeps. Called by NoDeps.Native.csproj:
#   build-native.sh ILC PROGRAM KERNELS PRIMITIVES OBJECT_DIR OUT_DIR CONFIGURATION MAX_BYTES
set -eu
ilc=$1 program=$2 kernels=$3 primitives=$4 objects=$5 out=$6 configuration=$7 max=$8
mkdir -p "$objects" "$out"

fail() {
    echo "build-native.sh : error NODEPS001: $*" >&2
    rm -f "$out/nodeps"
    exit 1
}

# Fails when the object file that is being made has a symbol that matches.
refuse() { # WHY PATTERN
    found=$(nm "$objects/$name.o" | grep -E "$2" || true)
    [ -z "$found" ] || fail "$1: $found"
}

# One assembly to one object file, of whose symbols only the named ones stay visible.
compile() { # NAME ASSEMBLY INSTRUCTION_SETS OPTIMIZATION GLOBAL_SYMBOLS
    name=$1
    shift
    rm -f "$objects/$name.o"
    [ "$configuration" != Debug ] || set -- "$1" "$2" "" "$4"
    # shellcheck disable=SC2086 # the options are words
    "$ilc" "$1" -o "$objects/$name.o" --systemmodule "$(basename "$1" .dll)" -g --instruction-set:"$2" --directpinvoke:'*' $3 ||
        fail "ilc refused $name"
    # Without a runtime nobody would run a static constructor: its fields would silently stay zero.
    refuse "a static constructor survives (use constants, ReadOnlySpan tables or an explicit initialization)" \
        '_cctor$|__cctor'
    # Nor would anyone make room for static fields that hold objects.
    refuse "a static field of a reference type (hand the object on instead)" ' [a-zA-Z] __GCSTATICS'
    visible=
    for symbol in $4; do visible="$visible --keep-global-symbol=$symbol"; done
    # shellcheck disable=SC2086
    objcopy $visible $unwind "$objects/$name.o"
}

# Nothing unwinds the stack here but a debugger, which finds its way by frame pointers too.
unwind=
[ "$configuration" = Debug ] || unwind="-R .eh_frame -R .rela.eh_frame -R .dotnet_eh_table -R .rela.dotnet_eh_table"
# No padding before loops and no loop tests written twice: the inner loops are long enough not to notice.
loops="--codegenopt:JitAlignLoops=0 --codegenopt:JitLoopInversionSizeLimit=0"
# The program is where the bytes are, not where the time goes; no epilogue before a jump in the place of a call either.
small="--Os $loops --codegenopt:TailCallOpt=0"
# PCLMULQDQ comes with ilc's name "aes"; start.S asks for both.
compile program "$program" x86-64-v3,aes "-O $small" \
    "nd_main nd_host_pages nd_host_fail nd_host_signal" &
first=$!
fast="-O --Ot $loops"
compile kernels-v3 "$kernels" x86-64-v3 "$fast" nd_kernels
objcopy --redefine-sym nd_kernels=nd_kernels_v3 "$objects/kernels-v3.o"
compile kernels-v4 "$kernels" x86-64-v4 "$fast" nd_kernels
objcopy --redefine-sym nd_kernels=nd_kernels_v4 "$objects/kernels-v4.o"
# "aes_v512" brings VPCLMULQDQ, which x86-64-v4 does not: who calls for it asks the processor first (PrimitiveTable).
compile primitives-v4 "$primitives" x86-64-v4,aes_v512 "$fast" nd_primitives_v4
wait $first

gcc -c ../NoDeps.Platform/Bare/start.S -o "$objects/start.o"
# shellcheck disable=SC2086
[ -z "$unwind" ] || objcopy $unwind "$objects/start.o"

ld -static -pie --no-dynamic-linker -e _start --gc-sections -T nodeps.ld --hash-style=sysv -z relro -z now -z noexecstack \
    -z pack-relative-relocs -z max-page-size=4096 -z text --no-undefined --build-id=sha1 -o "$objects/nodeps" \
    "$objects/start.o" "$objects/program.o" "$objects/primitives-v4.o" "$objects/kernels-v3.o" "$objects/kernels-v4.o" \
    || fail "the link failed; an undefined Rhp… or nd_unsupported… symbol means C# that has no support here" \
        "(exceptions, interface dispatch, casts to interfaces, finalizers, thread statics)"

if readelf -lW "$objects/nodeps" | grep -q ' TLS '; then
    fail "a thread-static field: threads here have no storage of their own"
fi

# Code that ilc could not compile calls one of these; nothing may. (Unoptimized code keeps branches never taken.)
removed=$(nm "$objects/nodeps" | grep -E 'ThrowHelpers__Throw(InvalidProgram|UnavailableType|NotImplemented|PlatformNotSupported)' || true)
[ -z "$removed" ] || [ "$configuration" = Debug ] || fail "code that could not be compiled is still called: $removed"

if [ "$configuration" = Debug ]; then
    cp "$objects/nodeps" "$out/nodeps.new"
else
    objcopy --only-keep-debug "$objects/nodeps" "$out/nodeps.debug"
    objcopy --strip-all --add-gnu-debuglink="$out/nodeps.debug" "$objects/nodeps" "$out/nodeps.new"
    bytes=$(wc -c < "$out/nodeps.new")
    [ "$bytes" -le "$max" ] || fail "out/nodeps has $bytes bytes; the limit is $max"
fi
mv "$out/nodeps.new" "$out/nodeps"
echo "out/nodeps: $(wc -c < "$out/nodeps") bytes"
