// The floor for TLS servers over OpenSSL: one thread, epoll, level-triggered, and nothing else.
//
//     tls-server GREET|ECHO|SEND|RECEIVE CERTIFICATE KEY
//
// What each of these is: see Duty.java.
#include "program.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/epoll.h>

enum { EVENTS_MAX = 512, REQUEST_BYTES = 64, BLOCK_BYTES = 1 << 20, RECORD_BYTES = 1 << 14, RECORDS_AT_A_TIME = 64 };

typedef struct {
    int fd;
    SSL *tls;
    uint32_t watched; // for these events
    int received; // bytes of a request
    uint64_t owed; // bytes to send
} connection;

static char duty;
static int poller;
static SSL_CTX *context;
static char input[RECORD_BYTES];
static const char block[RECORD_BYTES];

static void watch_for(connection *at, uint32_t events) {
    if (at->watched == events) return;
    struct epoll_event event = {.events = events, .data.ptr = at};
    check(epoll_ctl(poller, at->watched == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, at->fd, &event), "epoll_ctl");
    at->watched = events;
}

static void accept_all(int listener) {
    int fd;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        connection *accepted = calloc(1, sizeof *accepted);
        if (accepted == NULL) fail("calloc");
        accepted->fd = fd;
        accepted->tls = SSL_new(context);
        if (accepted->tls == NULL || SSL_set_fd(accepted->tls, fd) != 1) fail("SSL_new");
        SSL_set_accept_state(accepted->tls);
        if (duty == 'G') accepted->owed = 1;
        watch_for(accepted, EPOLLIN);
    }
    if (errno != EAGAIN && errno != EMFILE && errno != ECONNABORTED) fail("accept4");
}

static void end(connection *with) {
    SSL_set_shutdown(with->tls, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    SSL_free(with->tls);
    close(with->fd);
    free(with);
}

// Whether it got stuck because the other side must act, and nothing worse has happened.
static int is_stuck(const connection *at, int result) {
    int why = SSL_get_error(at->tls, result);
    ERR_clear_error();
    return why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE;
}

static int transmit(connection *to) {
    for (int i = 0; to->owed > 0 && i < RECORDS_AT_A_TIME; i++) {
        int length = to->owed < RECORD_BYTES ? (int)to->owed : RECORD_BYTES;
        int sent = SSL_write(to->tls, block, length);
        if (sent <= 0) return is_stuck(to, sent);
        to->owed -= sent;
    }
    return 1;
}

static int use(connection *from, int length) {
    if (duty == 'E') return SSL_write(from->tls, input, length) == length;
    if (duty == 'S') {
        from->received += length;
        from->owed += (uint64_t)(from->received / REQUEST_BYTES) * BLOCK_BYTES;
        from->received %= REQUEST_BYTES;
    }
    return 1;
}

static int receive(connection *from) {
    for (int i = 0; i < RECORDS_AT_A_TIME; i++) {
        int got = SSL_read(from->tls, input, sizeof input);
        if (got <= 0) return is_stuck(from, got);
        if (!use(from, got)) return 0;
    }
    return 1;
}

static void proceed(connection *with, uint32_t events) {
    int fine = !(events & ~EPOLLOUT) || receive(with);
    if (fine && SSL_is_init_finished(with->tls)) fine = transmit(with);
    if (fine) watch_for(with, SSL_is_init_finished(with->tls) && with->owed > 0 ? EPOLLIN | EPOLLOUT : EPOLLIN);
    else end(with);
}

int main(int count, char **arguments) {
    if (count != 4) return 64;
    duty = arguments[1][0];
    raise_descriptor_limit();
    signal(SIGPIPE, SIG_IGN); // OpenSSL writes to sockets that may have been reset
    context = SSL_CTX_new(TLS_server_method());
    if (context == NULL || SSL_CTX_use_certificate_chain_file(context, arguments[2]) != 1
        || SSL_CTX_use_PrivateKey_file(context, arguments[3], SSL_FILETYPE_PEM) != 1) {
        ERR_print_errors_fp(stderr);
        return 1;
    }
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    poller = epoll_create1(EPOLL_CLOEXEC);
    check(poller, "epoll_create1");
    int listener = listen_on_loopback(SOCK_NONBLOCK | SOCK_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[EVENTS_MAX];
    check(epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event), "epoll_ctl");
    for (;;) {
        int ready = epoll_wait(poller, events, EVENTS_MAX, -1);
        if (ready < 0 && errno != EINTR) fail("epoll_wait");
        for (int i = 0; i < ready; i++) {
            if (events[i].data.ptr == NULL) accept_all(listener);
            else proceed(events[i].data.ptr, events[i].events);
        }
    }
}
