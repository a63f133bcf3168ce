# The two sets of kernels as the file carries them, and the table that says where each belongs; for KernelParts.cs.
# With PACKED 0 the file has them unpacked, in their place.

        .section .kernels.packed, "a"
packed_v3:
#if PACKED
        .incbin "kernels-v3.gz"
#endif
packed_v4:
#if PACKED
        .incbin "kernels-v4.gz"
#endif
packed_end:

        .section .data.rel.ro.kernels, "aw"
        .balign 8
kernel_parts:                                   # each: memory from, to, gzip member from, to
        .quad   nd_kernels_v3_memory, nd_kernels_v3_memory_end, packed_v3, packed_v4
        .quad   nd_kernels_v4_memory, nd_kernels_v4_memory_end, packed_v4, packed_end

# KernelPart* nd_kernel_part(int index): 0 for x86-64-v3, 1 for x86-64-v4.
        .text
        .globl nd_kernel_part
        .type nd_kernel_part, @function
nd_kernel_part:
        lea     kernel_parts(%rip), %rax
        shl     $5, %edi
        add     %rdi, %rax
        ret
        .size nd_kernel_part, . - nd_kernel_part

        .section .note.GNU-stack, "", @progbits
