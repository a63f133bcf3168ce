using System.Runtime.CompilerServices;

// No method relies on zeros in memory from stackalloc: each writes before it reads. The compiler need not clear it.
[module: SkipLocalsInit]
