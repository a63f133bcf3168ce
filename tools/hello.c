/* The yardstick for start-up time: a C program that only prints. */
#include <stdio.h>

int main(void)
{
    puts("nodeps 0.1.0");
    return 0;
}
