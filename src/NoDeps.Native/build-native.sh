#!/bin/sh
# From the bare assembly to out/nodeps. Called by NoDeps.Native.csproj:
#   build-native.sh ILC ASSEMBLY OBJECT_DIR OUT_DIR CONFIGURATION MOST_BYTES [ILC OPTIONS]
set -eu
ilc=$1 assembly=$2 objects=$3 out=$4 configuration=$5 most=$6
shift 6
mkdir -p "$objects" "$out"

fail() {
    echo "build-native.sh : error NODEPS001: $*" >&2
    rm -f "$out/nodeps"
    exit 1
}

# Fails when the object file that is being made has a symbol that matches.
refuse() { # WHY PATTERN
    found=$(nm "$objects/nodeps-$level.o" | grep -E "$2" || true)
    [ -z "$found" ] || fail "$1: $found"
}

# The same program for two instruction sets. Each copy keeps one global name, its entry.
compile() { # LEVEL INSTRUCTION_SETS [ILC OPTIONS]
    level=$1 sets=$2
    shift 2
    rm -f "$objects/nodeps-$level.o"
    "$ilc" "$assembly" -o "$objects/nodeps-$level.o" --systemmodule nodeps -g --instruction-set:"$sets" \
        --directpinvoke:'*' "$@" || fail "ilc refused the program ($sets)"
    # Without a runtime nobody would run a static constructor: its fields would silently stay zero.
    refuse "a static constructor survives (use constants, ReadOnlySpan tables or an explicit initialisation)" \
        '_cctor$|__cctor'
    # Nor would anyone make room for static fields that hold objects.
    refuse "a static field of a reference type (hand the object on instead)" ' [a-zA-Z] __GCSTATICS'
    objcopy --redefine-sym nd_main=nd_main_"$level" --keep-global-symbol=nd_main_"$level" $unwind "$objects/nodeps-$level.o"
}
# Nothing unwinds the stack here but a debugger, which finds its way by frame pointers too.
unwind=
[ "$configuration" = Debug ] || unwind="-R .eh_frame -R .rela.eh_frame -R .dotnet_eh_table -R .rela.dotnet_eh_table"
compile v3 x86-64-v3,aes "$@" &
first=$!
compile v4 x86-64-v4,aes "$@"
wait $first

gcc -c ../NoDeps.Platform/Bare/start.S -o "$objects/start.o"
ld -static -pie --no-dynamic-linker -e _start --gc-sections -z relro -z now -z noexecstack -z separate-code -z text \
    --no-undefined --build-id=sha1 -o "$objects/nodeps" \
    "$objects/start.o" "$objects/nodeps-v3.o" "$objects/nodeps-v4.o" \
    || fail "the link failed; an undefined Rhp… or nd_unsupported… symbol means C# that has no support here" \
            "(exceptions, interface dispatch, casts to interfaces, finalizers, thread statics)"

if readelf -lW "$objects/nodeps" | grep -q ' TLS '; then
    fail "a thread-static field: threads here have no storage of their own"
fi

# Code that ilc could not compile calls one of these; nothing may.
removed=$(nm "$objects/nodeps" | grep -E 'ThrowHelpers__Throw(InvalidProgram|UnavailableType|NotImplemented|PlatformNotSupported)' || true)
[ -z "$removed" ] || fail "code that could not be compiled is still called: $removed"

if [ "$configuration" = Debug ]; then
    cp "$objects/nodeps" "$out/nodeps.new"
else
    objcopy --only-keep-debug "$objects/nodeps" "$out/nodeps.debug"
    strip -o "$out/nodeps.new" "$objects/nodeps"
    (cd "$out" && objcopy --add-gnu-debuglink=nodeps.debug nodeps.new)
    bytes=$(wc -c < "$out/nodeps.new")
    [ "$bytes" -le "$most" ] || fail "out/nodeps has $bytes bytes; the limit is $most"
fi
mv "$out/nodeps.new" "$out/nodeps"
echo "out/nodeps: $(wc -c < "$out/nodeps") bytes"
