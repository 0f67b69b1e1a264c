// The load on a TLS server of the benchmark, by OpenSSL: one thread that keeps a number of connections busy.
//
//     tls-load PORT shake CONNECTIONS full|resumed WARM-UP-MILLIS MILLIS
//                                        handshakes: connect, shake hands, have the server's first byte, reset
//     tls-load PORT echo CONNECTIONS BYTES WARM-UP-MILLIS MILLIS
//                                        messages, one of each connection under way
//     tls-load PORT pull CONNECTIONS WARM-UP-MILLIS MILLIS
//                                        megabytes from the server, which answers each request of 64 bytes by 1 MiB;
//                                        two requests of each connection under way
//     tls-load PORT push CONNECTIONS WARM-UP-MILLIS MILLIS
//                                        megabytes to the server, behind the head of an HTTP request, for servers that read it
//     tls-load PORT hold CONNECTIONS shaken|echoed
//                                        idle connections, after the handshake or after one message of 64 bytes
//
// All speak TLS 1.3 with TLS_AES_128_GCM_SHA256 and X25519. A certificate's signature is checked, its authority is not.
#include "load.h"

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>

enum { MEGABYTE = 1000000, BLOCK_BYTES = 1 << 20, BLOCKS_UNDER_WAY = 2, REQUEST_BYTES = 64, INPUT_BYTES = 1 << 16 };
enum { RECORDS_AT_A_TIME = 64, RECORD_BYTES = 1 << 14, TAKEN_AT_A_TIME = 1 << 20, SETTLE_MICROS = 500000 };

static const char request[REQUEST_BYTES + 1] = "GET /block HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nX: 123456\r\n\r\n";
static const char endless_request[] =
    "POST /discard HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000000000\r\n\r\n";

struct connection {
    int fd;
    SSL *tls;
    SSL_SESSION *session; // the newest to resume
    uint32_t watched; // for these events
    uint64_t asked; // bytes
    uint64_t received;
};

static SSL_CTX *context;
static bool resuming;
static uint64_t full_handshake_bytes; // what the server says in one
static int message_bytes;
static char message[INPUT_BYTES];
static char input[INPUT_BYTES];

static _Noreturn void refuse_tls(const char *what) {
    fprintf(stderr, "load: %s\n", what);
    ERR_print_errors_fp(stderr);
    exit(1);
}

static void check_tls(int result, const char *what) {
    if (result <= 0) refuse_tls(what);
}

static int keep_session(SSL *tls, SSL_SESSION *session) {
    connection *of = SSL_get_app_data(tls);
    SSL_SESSION_free(of->session);
    of->session = session;
    return 1; // it is ours now
}

static void make_context(void) {
    context = SSL_CTX_new(TLS_client_method());
    if (context == NULL) refuse_tls("SSL_CTX_new");
    check_tls(SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION), "TLS 1.3");
    check_tls(SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256"), "TLS_AES_128_GCM_SHA256");
    check_tls(SSL_CTX_set1_groups_list(context, "X25519"), "X25519");
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, keep_session);
}

static void begin_tls(connection *by, int fd) {
    by->fd = fd;
    by->tls = SSL_new(context);
    if (by->tls == NULL) refuse_tls("SSL_new");
    SSL_set_app_data(by->tls, by);
    check_tls(SSL_set_fd(by->tls, fd), "SSL_set_fd");
    check_tls((int)SSL_set_tlsext_host_name(by->tls, "localhost"), "SSL_set_tlsext_host_name");
    SSL_set_connect_state(by->tls);
}

static void watch_for(connection *at, uint32_t events) {
    if (at->watched == events) return;
    watch(at->watched == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, at->fd, at, events);
    at->watched = events;
}

// Waits for what OpenSSL waits for after it gave this result.
static void wait_after(connection *at, int result) {
    switch (SSL_get_error(at->tls, result)) {
        case SSL_ERROR_WANT_READ: watch_for(at, EPOLLIN); break;
        case SSL_ERROR_WANT_WRITE: watch_for(at, EPOLLOUT); break;
        case SSL_ERROR_ZERO_RETURN: refuse("the server ended a connection");
        default: refuse_tls("TLS with the server failed");
    }
}

// A connection whose handshake is done, on a socket that blocks.
static void open_connection(connection *by, int which) {
    begin_tls(by, dial(which, 0));
    check_tls(SSL_connect(by->tls), "SSL_connect");
}

// Handshakes

static void visit(connection *by) {
    begin_tls(by, dial(0, SOCK_NONBLOCK));
    if (resuming && by->session != NULL) check_tls(SSL_set_session(by->tls, by->session), "SSL_set_session");
    by->watched = 0;
    watch_for(by, EPOLLOUT);
}

// A first handshake that is to give the ticket for others does not count.
static bool was_as_meant(connection *by) {
    uint64_t bytes = BIO_number_read(SSL_get_rbio(by->tls));
    if (!SSL_session_reused(by->tls)) {
        full_handshake_bytes = bytes;
        if (!resuming) return true;
        if (by->asked++ > 0) refuse("the server does not resume sessions");
        if (by->session == NULL) refuse("the server gives no ticket");
        return false;
    }
    if (bytes >= full_handshake_bytes) refuse("a resumed handshake is as long as a full one");
    return true;
}

static void continue_visit(connection *by, uint32_t events) {
    (void)events;
    char first;
    int got = SSL_read(by->tls, &first, sizeof first);
    if (got <= 0) {
        wait_after(by, got);
        return;
    }
    if (was_as_meant(by)) count++;
    SSL_set_shutdown(by->tls, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN); // or its session may not be resumed
    SSL_free(by->tls);
    reset(by->fd);
    visit(by);
}

static void begin_visits(connection *all, int connections) {
    for (int i = 0; i < connections; i++) visit(&all[i]);
}

// Echo

static void say(connection *to, const char *bytes, int length) {
    if (SSL_write(to->tls, bytes, length) != length) refuse_tls("SSL_write");
}

static void converse(connection *with, uint32_t events) {
    (void)events;
    int got;
    while ((got = SSL_read(with->tls, input, sizeof input)) > 0) {
        with->received += got;
        while (with->received >= (uint64_t)message_bytes) {
            with->received -= message_bytes;
            count++;
            say(with, message, message_bytes);
        }
    }
    wait_after(with, got);
}

static void open_all(connection *all, int connections) {
    for (int i = 0; i < connections; i++) {
        open_connection(&all[i], i);
        int flags = fcntl(all[i].fd, F_GETFL);
        check(fcntl(all[i].fd, F_SETFL, flags | O_NONBLOCK), "fcntl");
    }
}

static void begin_conversations(connection *all, int connections) {
    SSL_CTX_set_read_ahead(context, 1);
    open_all(all, connections);
    for (int i = 0; i < connections; i++) {
        say(&all[i], message, message_bytes);
        watch_for(&all[i], EPOLLIN);
    }
}

// From the server

static void ask(connection *for_more) {
    while (for_more->asked < for_more->received + BLOCKS_UNDER_WAY * BLOCK_BYTES) {
        say(for_more, request, REQUEST_BYTES);
        for_more->asked += BLOCK_BYTES;
    }
}

static void has_come(connection *from, uint64_t bytes) {
    from->received += bytes;
    count += bytes;
    ask(from);
}

static void decipher(connection *from, uint32_t events) {
    (void)events;
    for (int i = 0; i < RECORDS_AT_A_TIME; i++) {
        int got = SSL_read(from->tls, input, sizeof input);
        if (got <= 0) {
            wait_after(from, got);
            return;
        }
        has_come(from, got);
    }
}

// Takes the records from the socket and does not look at them, or else the load would be slower than the servers.
static void take_records(connection *from, uint32_t events) {
    (void)events;
    ssize_t taken = recv(from->fd, NULL, TAKEN_AT_A_TIME, MSG_TRUNC | MSG_DONTWAIT);
    if (taken < 0 && errno == EAGAIN) return;
    check((int)taken, "recv");
    if (taken == 0) refuse("the server ended a connection");
    has_come(from, taken);
}

static void begin_pulling(connection *all, int connections) {
    counted_by = MEGABYTE;
    open_all(all, connections);
    for (int i = 0; i < connections; i++) {
        ask(&all[i]);
        watch_for(&all[i], EPOLLIN);
    }
}

// To the server

static void push(connection *to, uint32_t events) {
    (void)events;
    for (int i = 0; i < RECORDS_AT_A_TIME; i++) {
        int sent = SSL_write(to->tls, message, RECORD_BYTES);
        if (sent <= 0) {
            wait_after(to, sent);
            return;
        }
        count += sent;
    }
}

static void begin_pushing(connection *all, int connections) {
    counted_by = MEGABYTE;
    open_all(all, connections);
    for (int i = 0; i < connections; i++) {
        say(&all[i], endless_request, sizeof endless_request - 1);
        watch_for(&all[i], EPOLLOUT);
    }
}

// Idle

// Forgets the TLS of each, or the load would need the memory for it. The socket stays.
static void hold(connection *all, int connections, bool after_message) {
    for (int i = 0; i < connections; i++) {
        open_connection(&all[i], i);
        if (after_message) say(&all[i], message, REQUEST_BYTES);
        for (int got = 0; after_message && got < REQUEST_BYTES;) {
            int more = SSL_read(all[i].tls, input, REQUEST_BYTES - got);
            check_tls(more, "SSL_read");
            got += more;
        }
        SSL_set_quiet_shutdown(all[i].tls, 1);
        SSL_free(all[i].tls);
    }
    usleep(SETTLE_MICROS); // the server may have the last handshakes to end
    say_held(connections);
}

int main(int argument_count, char **arguments) {
    if (argument_count < 5) refuse("usage: see the head of tls-load.c");
    begin_load(arguments[1]);
    const char *mode = arguments[2];
    int connections = number(arguments[3]);
    connection *all = allocate(connections, sizeof *all);
    signal(SIGPIPE, SIG_IGN); // then the error is told, not the signal
    make_context();
    memset(message, 'x', sizeof message);
    if (argument_count == 7 && strcmp(mode, "shake") == 0) {
        resuming = strcmp(arguments[4], "resumed") == 0;
        begin_visits(all, connections);
        warm_up(continue_visit, arguments[5]);
        measure(continue_visit, arguments[6]);
    } else if (argument_count == 7 && strcmp(mode, "echo") == 0) {
        message_bytes = number(arguments[4]);
        begin_conversations(all, connections);
        warm_up(converse, arguments[5]);
        measure(converse, arguments[6]);
    } else if (argument_count == 6 && strcmp(mode, "pull") == 0) {
        begin_pulling(all, connections);
        warm_up(decipher, arguments[4]);
        measure(take_records, arguments[5]);
    } else if (argument_count == 6 && strcmp(mode, "push") == 0) {
        begin_pushing(all, connections);
        warm_up(push, arguments[4]);
        measure(push, arguments[5]);
    } else if (argument_count == 5 && strcmp(mode, "hold") == 0) {
        hold(all, connections, strcmp(arguments[4], "echoed") == 0);
    } else {
        refuse("usage: see the head of tls-load.c");
    }
}
