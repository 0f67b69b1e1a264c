// What the loads of the benchmark share: connections to a server on the loopback, the loop over them, and what they tell
// the harness: `begin` when they have warmed up, `end COUNT NANOSECONDS` when they have measured, or `held COUNT`. Then they
// wait for their standard input to end, so that their processor time can still be read.
#ifndef BOWLINE_BENCH_LOAD_H
#define BOWLINE_BENCH_LOAD_H

#include "program.h"

#include <stdbool.h>
#include <sys/epoll.h>
#include <time.h>

enum { EVENTS_MAX = 512, CONNECTIONS_PER_SOURCE = 20000 };

typedef struct connection connection; // each load has its own

static int port;
static int poller;
static uint64_t count; // of messages, requests, connections or bytes so far
static uint64_t counted_by = 1; // how many of them the harness is told as one
static void (*each_turn)(void); // what the loop does besides

static inline int number(const char *argument) {
    return (int)strtol(argument, NULL, 10);
}

static inline _Noreturn void refuse(const char *what) {
    fprintf(stderr, "load: %s\n", what);
    exit(1);
}

static inline uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000ull + time.tv_nsec;
}

static inline void *allocate(size_t elements, size_t bytes) {
    void *all = calloc(elements, bytes);
    if (all == NULL) fail("calloc");
    return all;
}

static inline void begin_load(const char *of_port) {
    raise_descriptor_limit();
    port = number(of_port);
    poller = epoll_create1(EPOLL_CLOEXEC);
    check(poller, "epoll_create1");
}

static inline void watch(int operation, int fd, connection *of, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = of};
    check(epoll_ctl(poller, operation, fd, &event), "epoll_ctl");
}

// Each source address has some 28 000 ports of its own.
static inline void choose_source(int fd, int which) {
    struct sockaddr_in source = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + which / CONNECTIONS_PER_SOURCE)};
    set_option(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
    check(bind(fd, (struct sockaddr *)&source, sizeof source), "bind");
}

static inline int dial(int which, int type_flags) {
    int fd = socket(AF_INET, SOCK_STREAM | type_flags, 0);
    check(fd, "socket");
    set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    choose_source(fd, which);
    struct sockaddr_in server = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0 && errno != EINPROGRESS) fail("connect");
    return fd;
}

// Closes by a reset, so that no port is kept busy afterwards.
static inline void reset(int fd) {
    struct linger at_once = {.l_onoff = 1};
    check(setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once), "setsockopt");
    close(fd);
}

static inline void run_for(uint64_t nanos, void (*proceed)(connection *, uint32_t)) {
    struct epoll_event events[EVENTS_MAX];
    for (uint64_t end = now() + nanos; now() < end;) {
        if (each_turn != NULL) each_turn();
        int ready = epoll_wait(poller, events, EVENTS_MAX, 10);
        if (ready < 0 && errno != EINTR) fail("epoll_wait");
        for (int i = 0; i < ready; i++) proceed(events[i].data.ptr, events[i].events);
    }
}

static inline void wait_for_end_of_input(void) {
    fflush(stdout);
    end_with_input(NULL);
}

static inline void warm_up(void (*proceed)(connection *, uint32_t), const char *millis) {
    run_for(number(millis) * 1000000ull, proceed);
}

static inline void measure(void (*proceed)(connection *, uint32_t), const char *millis) {
    printf("begin\n");
    fflush(stdout);
    uint64_t before = count, start = now();
    run_for(number(millis) * 1000000ull, proceed);
    printf("end %llu %llu\n", (unsigned long long)((count - before) / counted_by), (unsigned long long)(now() - start));
    wait_for_end_of_input();
}

static inline void say_held(int connections) {
    printf("held %d\n", connections);
    wait_for_end_of_input();
}

#endif
