// Starts a program again and again by posix_spawn, so many at a time, and reaps it: the floor for starting children.
//
//     spawn AT-A-TIME WARM-UP-MILLIS MILLIS PROGRAM
//
// Prints "begin", and in the end "end COUNT NANOSECONDS PROCESSOR-NANOSECONDS", as bowline.bench.spawn.SpawnLoop does.
#include "program.h"

#include <spawn.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long nanos(clockid_t clock) {
    struct timespec now;
    check(clock_gettime(clock, &now), "clock_gettime");
    return now.tv_sec * 1000000000L + now.tv_nsec;
}

static void start(char *program) {
    pid_t pid;
    char *arguments[] = {program, NULL};
    errno = posix_spawn(&pid, program, NULL, NULL, arguments, environ);
    if (errno != 0) fail(program);
}

static void reap(void) {
    int status;
    if (waitpid(-1, &status, 0) < 0 || status != 0) fail("waitpid");
}

// Returns how many have ended.
static long run(int at_a_time, long millis, char *program) {
    long end = nanos(CLOCK_MONOTONIC) + millis * 1000000L;
    long ended = 0;
    for (int i = 0; i < at_a_time; i++) start(program);
    while (nanos(CLOCK_MONOTONIC) < end) {
        reap();
        ended++;
        start(program);
    }
    for (int i = 0; i < at_a_time; i++) reap();
    return ended + at_a_time;
}

int main(int count, char **arguments) {
    if (count != 5) {
        fprintf(stderr, "usage: spawn AT-A-TIME WARM-UP-MILLIS MILLIS PROGRAM\n");
        return 64;
    }
    int at_a_time = atoi(arguments[1]);
    run(at_a_time, atol(arguments[2]), arguments[4]);
    printf("begin\n");
    fflush(stdout);
    long start_nanos = nanos(CLOCK_MONOTONIC);
    long start_cpu = nanos(CLOCK_PROCESS_CPUTIME_ID);
    long ended = run(at_a_time, atol(arguments[3]), arguments[4]);
    printf("end %ld %ld %ld\n", ended, nanos(CLOCK_MONOTONIC) - start_nanos, nanos(CLOCK_PROCESS_CPUTIME_ID) - start_cpu);
    return 0;
}
