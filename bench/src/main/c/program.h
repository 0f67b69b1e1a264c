// What every program of the benchmark needs: an end with a reason, a listening socket, and the two lines it speaks with
// the harness (see bowline.bench.server.ServerProcess).
#ifndef BOWLINE_BENCH_PROGRAM_H
#define BOWLINE_BENCH_PROGRAM_H

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static inline void fail(const char *what) {
    perror(what);
    exit(1);
}

static inline void check(int result, const char *what) {
    if (result < 0) fail(what);
}

// As many descriptors as the system lets this process have.
static inline int raise_descriptor_limit(void) {
    struct rlimit limit;
    check(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
    limit.rlim_cur = limit.rlim_max;
    check(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
    return (int)limit.rlim_max;
}

static inline void set_option(int fd, int level, int name, int value) {
    check(setsockopt(fd, level, name, &value, sizeof value), "setsockopt");
}

static void *end_with_input(void *unused) {
    char byte;
    while (read(0, &byte, 1) > 0) continue;
    _exit(0);
}

// Says where this server listens, and ends it when its standard input ends, as the harness does.
static inline void start_control(int port) {
    printf("port %d\n", port);
    fflush(stdout);
    pthread_t thread;
    if (pthread_create(&thread, NULL, end_with_input, NULL) != 0) fail("pthread_create");
}

// A socket that listens on a free port of the loopback. What it accepts inherits TCP_NODELAY.
static inline int listen_on_loopback(int type_flags) {
    int fd = socket(AF_INET, SOCK_STREAM | type_flags, 0);
    check(fd, "socket");
    set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    check(bind(fd, (struct sockaddr *)&address, length), "bind");
    check(listen(fd, 4096), "listen");
    check(getsockname(fd, (struct sockaddr *)&address, &length), "getsockname");
    start_control(ntohs(address.sin_port));
    return fd;
}

#endif
