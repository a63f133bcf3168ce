# The parts of the program that the file carries deflated, and the table that CodeParts.cs finds them by. With FINISHED 0, to
# be linked with the rest, the table says that nothing is. With FINISHED 1, for packed.ld, everything else is here as well:
# cut out of image.bin, the memory of the first link from nd_note on.

        .section .packed, "a"
        .balign 4
packed:
#if FINISHED
# Of each part the distances from here: to its memory, to that one's end, to its gzip member, to that one's end.
        .long   nd_kernels_v3_memory - nd_packed, nd_kernels_v3_memory_end - nd_packed, v3 - packed, v4 - packed
        .long   nd_kernels_v4_memory - nd_packed, nd_kernels_v4_memory_end - nd_packed, v4 - packed, commands - packed
        .long   nd_commands - nd_packed, nd_commands_end - nd_packed, commands - packed, primitives - packed
        .long   nd_primitives - nd_packed, nd_primitives_end - nd_packed, primitives - packed, texts - packed
        .long   nd_texts_memory - nd_packed, nd_texts_memory_end - nd_packed, texts - packed, end - packed
v3:     .incbin "kernels_v3.gz"
v4:     .incbin "kernels_v4.gz"
commands:
        .incbin "commands.gz"
primitives:
        .incbin "primitives.gz"
texts:  .incbin "texts.gz"
end:

        .macro  piece name, flags, from, to
        .section .piece.\name, "\flags"
        .if     \to - \from                    # a count of 0 would be the rest of the file
        .incbin "image.bin", \from - nd_note, \to - \from
        .endif
        .endm
        .macro  zeroed name, from, to
        .section .piece.\name, "aw", @nobits
        .skip   \to - \from
        .endm
        piece   note, a, nd_note, nd_note_end
        piece   tables, a, nd_tables, nd_text
        piece   text, ax, nd_text, nd_managed
        piece   managed, ax, nd_managed, nd_commands
        zeroed  commands, nd_commands, nd_commands_end
        piece   managed.second, ax, nd_commands_end, nd_primitives
        zeroed  primitives, nd_primitives, nd_primitives_end
        piece   managed.third, ax, nd_primitives_end, nd_rodata
        piece   rodata, a, nd_rodata, nd_rodata_end
        piece   fixed, aw, nd_fixed, nd_dynamic
        piece   dynamic, aw, nd_dynamic, nd_fixed_end
        piece   data, aw, nd_data, nd_data_end
        zeroed  bss, nd_bss, nd_kernels_v3_memory
        zeroed  kernels.v3, nd_kernels_v3_memory, nd_kernels_v4_memory
        zeroed  kernels.v4, nd_kernels_v4_memory, nd_texts_memory
        zeroed  texts, nd_texts_memory, nd_texts_memory_end
#else
        .long   nd_kernels_v3_memory - packed, nd_kernels_v3_memory_end - packed, 0, 0
        .long   nd_kernels_v4_memory - packed, nd_kernels_v4_memory_end - packed, 0, 0
        .long   0, 0, 0, 0, 0, 0, 0, 0
        .long   nd_texts_memory - packed, nd_texts_memory_end - packed, 0, 0

# CodePart* nd_code_parts()
        .text
        .globl nd_code_parts
        .type nd_code_parts, @function
nd_code_parts:
        lea     nd_packed(%rip), %rax
        ret
        .size nd_code_parts, . - nd_code_parts
#endif

        .section .note.GNU-stack, "", @progbits
