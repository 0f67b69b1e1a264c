// The floor for UDP servers: one thread, datagrams received and sent back many at a time.
//
//     udp-server
#include "program.h"

enum { BATCH = 64, DATAGRAM_MAX = 65536 };

static struct mmsghdr messages[BATCH];
static struct iovec pieces[BATCH];
static struct sockaddr_in sources[BATCH];
static char memory[BATCH][DATAGRAM_MAX];

static int bind_to_loopback(void) {
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    check(fd, "socket");
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    check(bind(fd, (struct sockaddr *)&address, length), "bind");
    check(getsockname(fd, (struct sockaddr *)&address, &length), "getsockname");
    start_control(ntohs(address.sin_port));
    return fd;
}

static void make_room(int count) {
    for (int i = 0; i < count; i++) {
        pieces[i] = (struct iovec){.iov_base = memory[i], .iov_len = DATAGRAM_MAX};
        messages[i].msg_hdr = (struct msghdr){
            .msg_name = &sources[i], .msg_namelen = sizeof sources[i], .msg_iov = &pieces[i], .msg_iovlen = 1};
    }
}

int main(void) {
    int fd = bind_to_loopback();
    make_room(BATCH);
    for (;;) {
        int received = recvmmsg(fd, messages, BATCH, MSG_WAITFORONE, NULL);
        if (received < 0 && errno != EINTR) fail("recvmmsg");
        for (int i = 0; i < received; i++) pieces[i].iov_len = messages[i].msg_len;
        // What the system does not take is lost, as datagrams may be.
        for (int sent = 0, more; sent < received; sent += more) {
            more = sendmmsg(fd, messages + sent, received - sent, 0);
            if (more <= 0) more = 1;
        }
        if (received > 0) make_room(received);
    }
}
