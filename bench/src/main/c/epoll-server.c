// The floor for servers on epoll: one thread, level-triggered, what was read is sent at once.
//
//     epoll-server echo|http
//
// What a full socket does not take is kept, and the connection is not read until it has gone.
#include "program.h"

#include "plaintext.h"
#include <stdbool.h>
#include <sys/epoll.h>

enum { READ_MAX = 65536, EVENTS_MAX = 512 };

typedef struct {
    char *unsent;
    int length;
    unsigned char matched; // of the end of a request
} connection;

static connection *connections;
static char input[READ_MAX];
static char *answers;
static bool http;
static int poller;

static void watch(int operation, int fd, uint32_t events) {
    struct epoll_event event = {.events = events, .data.fd = fd};
    check(epoll_ctl(poller, operation, fd, &event), "epoll_ctl");
}

static void end(int fd) {
    free(connections[fd].unsent);
    connections[fd] = (connection){0};
    close(fd);
}

static void accept_all(int listener) {
    int fd;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) watch(EPOLL_CTL_ADD, fd, EPOLLIN);
    if (errno != EAGAIN && errno != EMFILE && errno != ECONNABORTED) fail("accept4");
}

static void keep(int fd, const char *bytes, int length) {
    connection *to = &connections[fd];
    to->unsent = malloc(length);
    if (to->unsent == NULL) fail("malloc");
    memcpy(to->unsent, bytes, length);
    to->length = length;
    watch(EPOLL_CTL_MOD, fd, EPOLLOUT);
}

static void transmit(int fd, const char *bytes, int length) {
    ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) {
        end(fd);
        return;
    }
    if (sent < length) keep(fd, bytes + (sent < 0 ? 0 : sent), length - (sent < 0 ? 0 : sent));
}

static void transmit_rest(int fd) {
    connection *to = &connections[fd];
    char *bytes = to->unsent;
    int length = to->length;
    to->unsent = NULL;
    watch(EPOLL_CTL_MOD, fd, EPOLLIN);
    transmit(fd, bytes, length);
    free(bytes);
}

static void receive(int fd) {
    ssize_t length = recv(fd, input, sizeof input, 0);
    if (length > 0 && http) {
        int written = answer_requests(input, length, &connections[fd].matched, answers);
        if (written > 0) transmit(fd, answers, written);
    } else if (length > 0) {
        transmit(fd, input, length);
    } else if (length == 0 || errno != EAGAIN) {
        end(fd);
    }
}

int main(int count, char **arguments) {
    http = count > 1 && strcmp(arguments[1], "http") == 0;
    connections = calloc(raise_descriptor_limit(), sizeof(connection));
    answers = malloc(answers_max(READ_MAX));
    poller = epoll_create1(EPOLL_CLOEXEC);
    check(poller, "epoll_create1");
    int listener = listen_on_loopback(SOCK_NONBLOCK | SOCK_CLOEXEC);
    watch(EPOLL_CTL_ADD, listener, EPOLLIN);
    struct epoll_event events[EVENTS_MAX];
    for (;;) {
        int ready = epoll_wait(poller, events, EVENTS_MAX, -1);
        if (ready < 0 && errno != EINTR) fail("epoll_wait");
        if (http) refresh_answer();
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == listener) accept_all(listener);
            else if (connections[fd].unsent != NULL) transmit_rest(fd);
            else receive(fd);
        }
    }
}
