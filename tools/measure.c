/* Measures whole processes, from just before their creation until they have been waited for.
 *
 *     measure time RUNS COMMAND [ARGUMENT...] [-- COMMAND [ARGUMENT...]]...
 *     measure memory COMMAND [ARGUMENT...]
 *
 * time runs the commands in turn, RUNS times each (after a tenth as many to warm up), their output thrown away, and
 * prints one line a command: median, least and ninth decile in nanoseconds. memory runs one command, lets its output
 * through, and prints the peak of its resident memory in bytes as the last line of stdout.
 *
 * posix_spawn shares this process's memory until exec, so its small size adds nothing to either figure. A command
 * that fails ends the program with status 1.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_COMMANDS = 8 };

extern char **environ;

static void fail(const char *what, int error)
{
    fprintf(stderr, "measure: %s: %s\n", what, strerror(error));
    exit(1);
}

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

/* Runs one command to its end; returns the nanoseconds it took. */
static int64_t run(char **command, const posix_spawn_file_actions_t *actions, struct rusage *usage)
{
    pid_t child;
    int status;
    int64_t start = now();
    int error = posix_spawn(&child, command[0], actions, NULL, command, environ);
    if (error != 0)
        fail(command[0], error);
    while (wait4(child, &status, 0, usage) < 0)
        if (errno != EINTR)
            fail("wait4", errno);
    int64_t taken = now() - start;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "measure: %s failed with status %#x\n", command[0], (unsigned)status);
        exit(1);
    }
    return taken;
}

static int ascending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void time_commands(int runs, char **arguments)
{
    char **commands[MAX_COMMANDS];
    int64_t *times[MAX_COMMANDS];
    int count = 0;
    commands[count++] = arguments;
    for (; *arguments != NULL; arguments++) {
        if (strcmp(*arguments, "--") == 0 && count < MAX_COMMANDS) {
            *arguments = NULL;
            commands[count++] = arguments + 1;
        }
    }
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    for (int i = 0; i < count; i++)
        if ((times[i] = malloc(sizeof **times * (size_t)runs)) == NULL)
            fail("malloc", errno);
    struct rusage usage;
    for (int round = -(runs / 10); round < runs; round++) {
        for (int i = 0; i < count; i++) {
            int64_t taken = run(commands[i], &quiet, &usage);
            if (round >= 0)
                times[i][round] = taken;
        }
    }
    for (int i = 0; i < count; i++) {
        qsort(times[i], (size_t)runs, sizeof **times, ascending);
        printf("%lld %lld %lld\n", (long long)times[i][runs / 2], (long long)times[i][0],
               (long long)times[i][(int64_t)runs * 9 / 10]);
    }
}

int main(int argc, char **argv)
{
    int runs;
    if (argc > 3 && strcmp(argv[1], "time") == 0 && (runs = atoi(argv[2])) > 0) {
        time_commands(runs, argv + 3);
    } else if (argc > 2 && strcmp(argv[1], "memory") == 0) {
        struct rusage usage;
        run(argv + 2, NULL, &usage);
        printf("%lld\n", (long long)usage.ru_maxrss * 1024);
    } else {
        fprintf(stderr, "usage: measure time RUNS COMMAND... [-- COMMAND...]... | measure memory COMMAND...\n");
        return 64;
    }
    return 0;
}
