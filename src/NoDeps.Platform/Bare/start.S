# Start-up on Linux, x86-64: from the kernel's first jump to nd_main, in this order:
#   1. apply the relative relocations (a static-pie file has no loader to do it)
#   2. seed the stack cookie from AT_RANDOM, then make the constants that hold addresses read-only
#   3. detect what the processor and the system support; if that is too little, print a message and exit with 69
#      (EX_UNAVAILABLE)
#   4. install handlers that report where SIGSEGV, SIGFPE, SIGILL and SIGBUS occurred
#   5. call the program with the level of the kernels that it may use: 3 for x86-64-v3, 4 for x86-64-v4; and with ECX of
#      CPUID leaf 7, for features beyond these levels
#
# At _start the stack holds argc, argv[], 0, envp[], 0, auxv pairs.

        .set SYS_write, 1
        .set SYS_mprotect, 10
        .set SYS_rt_sigaction, 13
        .set SYS_rt_sigreturn, 15
        .set SYS_clone, 56
        .set SYS_exit, 60
        .set SYS_exit_group, 231
        .set AT_RANDOM, 25
        .set EX_UNAVAILABLE, 69

        .hidden __ehdr_start

        .text
        .globl _start
        .type _start, @function
_start:
        .cfi_startproc
        .cfi_undefined rip
        xor     %ebp, %ebp
        mov     %rsp, %r12                      # r12: the kernel's block
        and     $-16, %rsp
        lea     __ehdr_start(%rip), %r13        # r13: load address

        # 1. relocations (RELR): an even word is the address of one, an odd word a bitmap of those in the next 63 words
        lea     nd_relocations(%rip), %rax
        lea     nd_relocations_end(%rip), %rdx
.Lrelocation:
        cmp     %rdx, %rax
        jae     .Lauxiliary
        mov     (%rax), %rsi
        add     $8, %rax
        test    $1, %sil
        jnz     .Lmap
        lea     (%r13,%rsi), %rdi               # rdi: the word that the next map begins with
        add     %r13, (%rdi)
        add     $8, %rdi
        jmp     .Lrelocation
.Lmap:
        mov     %rdi, %rcx
1:      shr     %rsi
        jz      3f
        test    $1, %sil
        jz      2f
        add     %r13, (%rcx)
2:      add     $8, %rcx
        jmp     1b
3:      add     $63*8, %rdi
        jmp     .Lrelocation

        # 2. auxiliary vector
.Lauxiliary:
        mov     (%r12), %rax                    # argc
        lea     16(%r12,%rax,8), %rax           # envp
.Lenvironment:
        add     $8, %rax
        cmpq    $0, -8(%rax)
        jne     .Lenvironment
.Lauxv:
        mov     (%rax), %rsi
        mov     8(%rax), %rdi
        add     $16, %rax
        cmp     $AT_RANDOM, %rsi
        jne     1f
        mov     (%rdi), %rcx
        xor     %cl, %cl                        # a zero byte, so that string overruns cannot forge it
        mov     %rcx, __security_cookie(%rip)
1:      test    %rsi, %rsi
        jnz     .Lauxv
        lea     nd_relro(%rip), %rdi            # what PT_GNU_RELRO names; it ends with a page
        lea     nd_relro_end(%rip), %rsi
        and     $-4096, %rdi
        sub     %rdi, %rsi
        mov     $1, %edx                        # PROT_READ
        mov     $SYS_mprotect, %eax
        syscall
        test    %eax, %eax
        jnz     .Lbad_relocation

        # 3. processor: x86-64-v3, then what x86-64-v4 adds, each only if the system saves the registers. Under a hypervisor,
        # each CPUID takes microseconds, a significant part of a short run; two leaves are enough.
.Lprocessor:
        .set LEAF1, (1<<0)|(1<<1)|(1<<9)|(1<<12)|(1<<19)|(1<<20)|(1<<22)|(1<<23)|(1<<25)|(1<<27)|(1<<28)|(1<<29)
        .set LEAF7_V3, (1<<3)|(1<<5)|(1<<8)
        .set LEAF7_V4, (1<<16)|(1<<17)|(1<<28)|(1<<30)|(1<<31)
        mov     $1, %eax
        cpuid
        and     $LEAF1, %ecx
        cmp     $LEAF1, %ecx
        jne     .Lold
        mov     $1, %eax                        # LZCNT: older processors execute it as BSR, which finds bit 0 here
        lzcnt   %eax, %eax
        cmp     $31, %eax
        jne     .Lold
        mov     $7, %eax                        # any processor with FMA and MOVBE has this leaf
        xor     %ecx, %ecx
        cpuid
        mov     %ebx, %r15d
        mov     %ecx, %ebp                      # ebp: extensions beyond the levels
        and     $LEAF7_V3, %ebx
        cmp     $LEAF7_V3, %ebx
        jne     .Lold
        xor     %ecx, %ecx
        xgetbv
        mov     %eax, %ecx
        and     $0x6, %ecx                      # XMM and YMM state
        cmp     $0x6, %ecx
        jne     .Lold
        mov     $3, %esi
        and     $0xe0, %eax                     # opmask and ZMM state
        cmp     $0xe0, %eax
        jne     .Lrun
        and     $LEAF7_V4, %r15d
        cmp     $LEAF7_V4, %r15d
        jne     .Lrun
        mov     $4, %esi

        # 4. signals
.Lrun:
        mov     %esi, %r14d
        lea     signals(%rip), %r15
.Lsignal:
        movzbl  (%r15), %edi
        test    %edi, %edi
        jz      .Lprogram
        lea     signal_action(%rip), %rsi
        xor     %edx, %edx
        mov     $8, %r10d                       # bytes of a signal mask
        mov     $SYS_rt_sigaction, %eax
        syscall
        inc     %r15
        jmp     .Lsignal

        # 5. nd_main(block, level, extensions)
.Lprogram:
        mov     %r12, %rdi
        mov     %r14d, %esi
        mov     %ebp, %edx
        xor     %ebp, %ebp
        call    nd_main
        mov     %eax, %edi
        jmp     .Lexit

.Lold:
        lea     old_message(%rip), %rsi
        mov     $old_message_end - old_message, %edx
        jmp     .Lsay
.Lbad_relocation:
        lea     bad_message(%rip), %rsi
        mov     $bad_message_end - bad_message, %edx
.Lsay:
        mov     $2, %edi
        mov     $SYS_write, %eax
        syscall
        mov     $EX_UNAVAILABLE, %edi
.Lexit:
        mov     $SYS_exit_group, %eax
        syscall
        hlt
        .cfi_endproc
        .size _start, . - _start

# The handler: calls nd_host_signal(number, address), which does not return. The instruction pointer is at offset 168 of the
# ucontext.
signal_handler:
        mov     168(%rdx), %rsi
        xor     %ebp, %ebp
        and     $-16, %rsp
        call    nd_host_signal
        hlt

# The handler of signals that ask a training to stop. It stores the number of the first one, which the program polls; a
# second one ends the process with 128 plus its number, except SIGHUP: a closing terminal sends several, and systemd sends
# one after SIGTERM.
        .set SIGHUP, 1
interruption_handler:
        xor     %eax, %eax
        lock cmpxchg %edi, interruption(%rip)
        jz      1f
        cmp     $SIGHUP, %edi
        je      1f
        sub     $-128, %edi
        mov     $SYS_exit_group, %eax
        syscall
1:      ret
interruption_return:
        mov     $SYS_rt_sigreturn, %eax
        syscall
        hlt

# int nd_interruption(): the number of the first signal; 0 if there was none.
        .globl nd_interruption
        .type nd_interruption, @function
nd_interruption:
        mov     interruption(%rip), %eax
        ret
        .size nd_interruption, . - nd_interruption

# void* nd_interruption_action(): the action to pass to rt_sigaction for these signals.
        .globl nd_interruption_action
        .type nd_interruption_action, @function
nd_interruption_action:
        lea     interruption_action(%rip), %rax
        ret
        .size nd_interruption_action, . - nd_interruption_action

# long nd_syscall(number, a, b, c, d, e, f): returns the result, or −errno.
        .globl nd_syscall
        .type nd_syscall, @function
nd_syscall:
        mov     %rdi, %rax
        mov     %rsi, %rdi
        mov     %rdx, %rsi
        mov     %rcx, %rdx
        mov     %r8, %r10
        mov     %r9, %r8
        mov     8(%rsp), %r9
        syscall
        ret
        .size nd_syscall, . - nd_syscall

# long nd_spawn(void* stack_top, void (*start)(void*), void* argument): creates a thread that shares everything, runs
# start(argument) and ends. Returns its ID, or −errno.
        .globl nd_spawn
        .type nd_spawn, @function
nd_spawn:
        and     $-16, %rdi
        sub     $16, %rdi
        mov     %rsi, (%rdi)
        mov     %rdx, 8(%rdi)
        mov     %rdi, %rsi
        mov     $0x50f00, %edi                  # CLONE_VM | FS | FILES | SIGHAND | THREAD | SYSVSEM
        xor     %edx, %edx
        xor     %r10d, %r10d
        xor     %r8d, %r8d
        mov     $SYS_clone, %eax
        syscall
        test    %rax, %rax
        jnz     1f
        xor     %ebp, %ebp
        pop     %rax
        pop     %rdi
        call    *%rax
        xor     %edi, %edi
        mov     $SYS_exit, %eax
        syscall
        hlt
1:      ret
        .size nd_spawn, . - nd_spawn

# long nd_ticks(): the time stamp counter.
        .globl nd_ticks
        .type nd_ticks, @function
nd_ticks:
        rdtsc
        shlq    $32, %rdx
        orq     %rdx, %rax
        ret
        .size nd_ticks, . - nd_ticks

# void* nd_return_address(): the return address of the calling C# method, which has a frame pointer.
        .globl nd_return_address
        .type nd_return_address, @function
nd_return_address:
        mov     8(%rbp), %rax
        ret
        .size nd_return_address, . - nd_return_address

# void* nd_image_base(): the load address, to convert code addresses to offsets.
        .globl nd_image_base
        .type nd_image_base, @function
nd_image_base:
        lea     __ehdr_start(%rip), %rax
        ret
        .size nd_image_base, . - nd_image_base

# Called by methods with large frames: touches every page down to r11, so that the guard page cannot be skipped.
        .globl RhpStackProbe
        .type RhpStackProbe, @function
RhpStackProbe:
        push    %rbp
        mov     %rsp, %rbp
        and     $-4096, %rsp
1:      sub     $4096, %rsp
        test    %eax, (%rsp)
        cmp     %r11, %rsp
        jg      1b
        mov     %rbp, %rsp
        pop     %rbp
        ret
        .size RhpStackProbe, . - RhpStackProbe

        .section .rodata.start, "a"
old_message:
        .ascii "nodeps: this processor or system lacks AVX2 and FMA (x86-64-v3), which this program needs\n"
old_message_end:
bad_message:
        .ascii "nodeps: relocation failed; the program file is damaged\n"
bad_message_end:

signals:                                        # SIGILL, SIGBUS, SIGFPE, SIGSEGV
        .byte   4, 7, 8, 11, 0

        .section .data.rel.ro.signals, "aw"
        .balign 8
signal_action:                                  # handler, flags SA_SIGINFO | SA_RESTORER, restorer (never used), mask
        .quad   signal_handler, 0x04000004, signal_handler, 0

interruption_action:                            # handler, flags SA_RESTART | SA_RESTORER, restorer, mask
        .quad   interruption_handler, 0x14000000, interruption_return, 0

        .bss
        .balign 4
interruption:
        .zero   4

# Written once, above, then read-only: the stack protector compares with the first; ilc's code reads the other.
        .section .data.rel.ro.start, "aw"
        .balign 8
        .globl __security_cookie
__security_cookie:
        .quad 0x00002B992DDFA232
        .globl RhpTrapThreads
RhpTrapThreads:
        .quad 0

        .section .note.GNU-stack, "", @progbits
