// The load on a server of the benchmark: one thread that keeps a number of connections busy.
//
//     load PORT echo CONNECTIONS DEPTH BYTES WARM-UP-MILLIS MILLIS    messages, DEPTH of each connection under way
//     load PORT http CONNECTIONS DEPTH WARM-UP-MILLIS MILLIS          requests, DEPTH of each connection under way
//     load PORT churn CONNECTIONS BYTES WARM-UP-MILLIS MILLIS         connect, have one message echoed, close
//     load PORT udp SOCKETS DEPTH BYTES WARM-UP-MILLIS MILLIS         datagrams, DEPTH of each socket at a time; when
//                                                                     all are back, or some are lost, the next go
//     load PORT hold CONNECTIONS silent|http                          connections that are idle, after a request each
#include "load.h"

enum { READ_MAX = 1 << 18, ANSWER_MAX = 65536 };
enum { LOST_NANOS = 50000000 };

static const char http_request[] = "GET /plaintext HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n";
static const char http_success[] = "HTTP/1.1 200";

struct connection {
    int fd;
    size_t unsent;
    size_t sent_of_request; // the next byte to send, within a request
    size_t answered; // bytes of an answer that have come
    int awaited; // datagrams
    uint64_t sent_at; // when the last of them went
};

static bool http;
static int depth = 1;
static char *requests; // one after another, one more than are under way
static size_t request_length;
static size_t answer_length;
static char input[READ_MAX];
static connection *datagram_sockets;
static int datagram_socket_count;

static int dial_datagrams(void) {
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    check(fd, "socket");
    struct sockaddr_in server = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    check(connect(fd, (struct sockaddr *)&server, sizeof server), "connect");
    return fd;
}

static void repeat(const char *request, size_t length) {
    request_length = length;
    requests = malloc(length * (depth + 1));
    if (requests == NULL) fail("malloc");
    for (int i = 0; i <= depth; i++) memcpy(requests + i * length, request, length);
}

static void use_messages_of(int length) {
    char *message = malloc(length);
    if (message == NULL) fail("malloc");
    memset(message, 'x', length);
    repeat(message, length);
    answer_length = length;
    free(message);
}

// The length of the answer whose first bytes these are, or 0 if they do not tell yet.
static size_t length_of_answer(char *bytes, size_t length) {
    bytes[length] = 0;
    char *end = strstr(bytes, "\r\n\r\n");
    if (end == NULL) return 0;
    char *field = strcasestr(bytes, "\r\ncontent-length:");
    if (field == NULL || field > end) refuse("an answer without Content-Length");
    return end + 4 - bytes + strtoul(field + sizeof "\r\ncontent-length:" - 1, NULL, 10);
}

// One request and its whole answer, on a socket that blocks. Returns the length of the answer.
static size_t ask_once(int fd) {
    static char bytes[ANSWER_MAX + 1];
    check(send(fd, http_request, sizeof http_request - 1, MSG_NOSIGNAL), "send");
    size_t length = 0, whole = 0;
    while (whole == 0 || length < whole) {
        ssize_t more = recv(fd, bytes + length, ANSWER_MAX - length, 0);
        check(more, "recv");
        if (more == 0) refuse("the server closed a connection, or its answer is too long");
        length += more;
        whole = length_of_answer(bytes, length);
    }
    return whole;
}

// Every answer of a server is as long as its first one.
static void use_http(void) {
    http = true;
    repeat(http_request, sizeof http_request - 1);
    int fd = dial(0, 0);
    answer_length = ask_once(fd);
    close(fd);
}

static void transmit(connection *to) {
    while (to->unsent > 0) {
        ssize_t sent = send(to->fd, requests + to->sent_of_request, to->unsent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) {
            watch(EPOLL_CTL_MOD, to->fd, to, EPOLLIN | EPOLLOUT);
            return;
        }
        check(sent, "send");
        to->unsent -= sent;
        to->sent_of_request = (to->sent_of_request + sent) % request_length;
    }
}

static void check_answers(const connection *from, size_t length) {
    size_t start = from->answered == 0 ? 0 : answer_length - from->answered;
    for (; start + sizeof http_success - 1 <= length; start += answer_length) {
        if (memcmp(input + start, http_success, sizeof http_success - 1) != 0) refuse("an answer that is not like the first");
    }
}

static void receive(connection *from) {
    ssize_t length = recv(from->fd, input, sizeof input, MSG_DONTWAIT);
    if (length < 0 && errno == EAGAIN) return;
    check(length, "recv");
    if (length == 0) refuse("the server closed a connection");
    if (http) check_answers(from, length);
    size_t answered = from->answered + length;
    from->answered = answered % answer_length;
    count += answered / answer_length;
    from->unsent += answered / answer_length * request_length;
}

static void converse(connection *with, uint32_t events) {
    if (events & EPOLLOUT) watch(EPOLL_CTL_MOD, with->fd, with, EPOLLIN);
    if (events & ~EPOLLOUT) receive(with);
    transmit(with);
}

static void visit(connection *by) {
    *by = (connection){.fd = dial(0, SOCK_NONBLOCK), .unsent = request_length};
    watch(EPOLL_CTL_ADD, by->fd, by, EPOLLOUT);
}

static void continue_visit(connection *by, uint32_t events) {
    if (events & EPOLLOUT) {
        watch(EPOLL_CTL_MOD, by->fd, by, EPOLLIN);
        transmit(by);
        return;
    }
    uint64_t before = count;
    receive(by);
    if (count > before) {
        reset(by->fd);
        visit(by);
    }
}

static void send_datagrams(connection *from) {
    from->awaited = depth;
    from->sent_at = now();
    for (int i = 0; i < depth; i++) {
        // A full queue loses it, as the network may.
        if (send(from->fd, requests, request_length, MSG_DONTWAIT) < 0 && errno != EAGAIN) fail("send");
    }
}

static void receive_datagrams(connection *at, uint32_t events) {
    (void)events;
    while (recv(at->fd, input, sizeof input, MSG_DONTWAIT) >= 0) {
        count++;
        if (--at->awaited <= 0) {
            send_datagrams(at);
            return;
        }
    }
    if (errno != EAGAIN) fail("recv");
}

static void send_again_what_was_lost(void) {
    static uint64_t looked_at;
    uint64_t time = now(), lost_before = time - LOST_NANOS;
    if (looked_at > lost_before) return;
    looked_at = time;
    for (int i = 0; i < datagram_socket_count; i++) {
        if (datagram_sockets[i].sent_at < lost_before) send_datagrams(&datagram_sockets[i]);
    }
}

static void open_datagram_sockets(int sockets) {
    datagram_sockets = allocate(sockets, sizeof *datagram_sockets);
    datagram_socket_count = sockets;
    each_turn = send_again_what_was_lost;
    for (int i = 0; i < sockets; i++) {
        datagram_sockets[i].fd = dial_datagrams();
        watch(EPOLL_CTL_ADD, datagram_sockets[i].fd, &datagram_sockets[i], EPOLLIN);
        send_datagrams(&datagram_sockets[i]);
    }
}

static void open_conversations(int connections) {
    connection *all = allocate(connections, sizeof *all);
    for (int i = 0; i < connections; i++) {
        all[i] = (connection){.fd = dial(i, 0), .unsent = depth * request_length};
        watch(EPOLL_CTL_ADD, all[i].fd, &all[i], EPOLLIN);
    }
    for (int i = 0; i < connections; i++) transmit(&all[i]);
}

static void begin_visits(int connections) {
    connection *all = allocate(connections, sizeof *all);
    for (int i = 0; i < connections; i++) visit(&all[i]);
}

static void hold(int connections, bool ask) {
    for (int i = 0; i < connections; i++) {
        int fd = dial(i, 0);
        if (ask) ask_once(fd);
    }
    say_held(connections);
}

int main(int argument_count, char **arguments) {
    if (argument_count < 4) refuse("usage: see the head of load.c");
    begin_load(arguments[1]);
    const char *mode = arguments[2];
    int connections = number(arguments[3]);
    if (argument_count == 8 && strcmp(mode, "echo") == 0) {
        depth = number(arguments[4]);
        use_messages_of(number(arguments[5]));
        open_conversations(connections);
        warm_up(converse, arguments[6]);
        measure(converse, arguments[7]);
    } else if (argument_count == 7 && strcmp(mode, "http") == 0) {
        depth = number(arguments[4]);
        use_http();
        open_conversations(connections);
        warm_up(converse, arguments[5]);
        measure(converse, arguments[6]);
    } else if (argument_count == 7 && strcmp(mode, "churn") == 0) {
        use_messages_of(number(arguments[4]));
        begin_visits(connections);
        warm_up(continue_visit, arguments[5]);
        measure(continue_visit, arguments[6]);
    } else if (argument_count == 8 && strcmp(mode, "udp") == 0) {
        depth = number(arguments[4]);
        use_messages_of(number(arguments[5]));
        open_datagram_sockets(connections);
        warm_up(receive_datagrams, arguments[6]);
        measure(receive_datagrams, arguments[7]);
    } else if (argument_count == 5 && strcmp(mode, "hold") == 0) {
        hold(connections, strcmp(arguments[4], "http") == 0);
    } else {
        refuse("usage: see the head of load.c");
    }
}
