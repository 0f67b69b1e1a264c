// The floor for servers on io_uring: one thread, one ring, one system call a turn, without a library.
//
//     uring-server echo|http
//
// Multishot accept and receive; the kernel takes its buffers from a ring of them. An echo goes out of the very buffer it
// came in. One send of a connection is under way at a time, the rest of its buffers wait in line.
#include "program.h"

#include "plaintext.h"
#include <linux/io_uring.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#ifndef IORING_SETUP_NO_SQARRAY // since Linux 6.6; the headers may be older than the kernel
#define IORING_SETUP_NO_SQARRAY (1U << 16)
#endif

enum { ENTRIES = 4096, COMPLETIONS = 16384, BUFFERS = 512, BUFFER_BYTES = 16384, NONE = -1 };

typedef enum { ACCEPT, RECEIVE, SEND } operation;

typedef struct {
    int first; // buffers that wait to be echoed, the first being sent: a list through `buffers`
    int last;
    int sent; // of the first one
    bool sending;
    bool ended;
    unsigned char matched; // of the end of a request
    char *answers;
    int answered;
    int answers_capacity;
} connection;

typedef struct {
    int length;
    int next;
} buffer;

static connection *connections;
static buffer buffers[BUFFERS];
static char *memory;
static bool http;

static int ring;
static struct io_uring_sqe *entries;
static unsigned entries_tail, *shared_entries_tail;
static unsigned unsubmitted;
static struct io_uring_cqe *completions;
static unsigned *completions_head, *completions_tail;
static struct io_uring_buf_ring *lent;
static unsigned short lent_tail;

static int *starved; // connections whose receive ended for want of a buffer
static int starved_count;

static void enter(unsigned wait_for) {
    int result;
    do {
        result = syscall(SYS_io_uring_enter, ring, unsubmitted, wait_for, IORING_ENTER_GETEVENTS, NULL, 0);
    } while (result < 0 && errno == EINTR);
    check(result, "io_uring_enter");
    unsubmitted -= result;
}

static struct io_uring_sqe *entry(operation what, int fd) {
    if (unsubmitted == ENTRIES) enter(0);
    struct io_uring_sqe *next = &entries[entries_tail++ & (ENTRIES - 1)];
    __atomic_store_n(shared_entries_tail, entries_tail, __ATOMIC_RELEASE);
    unsubmitted++;
    memset(next, 0, sizeof *next);
    next->fd = fd;
    next->user_data = (uint64_t)what << 32 | (unsigned)fd;
    return next;
}

static void arm_accept(int listener) {
    struct io_uring_sqe *to = entry(ACCEPT, listener);
    to->opcode = IORING_OP_ACCEPT;
    to->ioprio = IORING_ACCEPT_MULTISHOT;
    to->accept_flags = SOCK_CLOEXEC;
}

static void arm_receive(int fd) {
    struct io_uring_sqe *to = entry(RECEIVE, fd);
    to->opcode = IORING_OP_RECV;
    to->ioprio = IORING_RECV_MULTISHOT;
    to->flags = IOSQE_BUFFER_SELECT;
}

static void lend(int id) {
    struct io_uring_buf *place = &lent->bufs[lent_tail++ & (BUFFERS - 1)];
    place->addr = (uint64_t)(memory + (size_t)id * BUFFER_BYTES);
    place->len = BUFFER_BYTES;
    place->bid = id;
    __atomic_store_n(&lent->tail, lent_tail, __ATOMIC_RELEASE);
}

static void transmit(int fd, const char *bytes, int length) {
    struct io_uring_sqe *to = entry(SEND, fd);
    to->opcode = IORING_OP_SEND;
    to->addr = (uint64_t)bytes;
    to->len = length;
    to->msg_flags = MSG_NOSIGNAL | MSG_WAITALL;
    connections[fd].sending = true;
}

static void transmit_next(int fd) {
    connection *to = &connections[fd];
    if (http) {
        if (to->answered > 0) transmit(fd, to->answers, to->answered);
    } else if (to->first != NONE) {
        transmit(fd, memory + (size_t)to->first * BUFFER_BYTES + to->sent, buffers[to->first].length - to->sent);
    }
}

static void drop_first(connection *of) {
    int id = of->first;
    of->first = buffers[id].next;
    of->sent = 0;
    lend(id);
}

static void end(int fd) {
    connection *ending = &connections[fd];
    while (ending->first != NONE) drop_first(ending);
    free(ending->answers);
    close(fd);
}

static void accepted(int listener, int result, unsigned flags) {
    if (result >= 0) {
        connections[result] = (connection){.first = NONE};
        arm_receive(result);
    }
    if (!(flags & IORING_CQE_F_MORE)) arm_accept(listener);
}

static void add_answers(int fd, const char *bytes, int length) {
    connection *to = &connections[fd];
    if (to->answers_capacity - to->answered < answers_max(length)) {
        if (to->sending) { // the kernel reads the answers where they are
            fprintf(stderr, "more requests than this server keeps answers for while it sends\n");
            exit(1);
        }
        to->answers_capacity = to->answered + answers_max(length);
        to->answers = realloc(to->answers, to->answers_capacity);
        if (to->answers == NULL) fail("realloc");
    }
    to->answered += answer_requests(bytes, length, &to->matched, to->answers + to->answered);
}

static void take(int fd, int id, int length) {
    connection *from = &connections[fd];
    if (http) {
        add_answers(fd, memory + (size_t)id * BUFFER_BYTES, length);
        lend(id);
    } else {
        buffers[id] = (buffer){.length = length, .next = NONE};
        if (from->first == NONE) from->first = id;
        else buffers[from->last].next = id;
        from->last = id;
    }
    if (!from->sending) transmit_next(fd);
}

static void received(int fd, int result, unsigned flags) {
    if (result > 0) {
        take(fd, flags >> IORING_CQE_BUFFER_SHIFT, result);
        if (!(flags & IORING_CQE_F_MORE)) arm_receive(fd);
    } else if (result == -ENOBUFS) {
        starved[starved_count++] = fd;
    } else {
        connections[fd].ended = true;
        if (!connections[fd].sending) end(fd);
    }
}

static void sent(int fd, int result) {
    connection *of = &connections[fd];
    of->sending = false;
    if (result < 0) {
        // The receive ends as well, by the same error, and closes the descriptor.
        if (of->ended) end(fd);
        return;
    }
    if (http) {
        of->answered -= result;
        memmove(of->answers, of->answers + result, of->answered);
    } else {
        of->sent += result;
        if (of->sent == buffers[of->first].length) drop_first(of);
    }
    transmit_next(fd);
    if (!of->sending && of->ended) end(fd);
}

static void complete(struct io_uring_cqe *completion) {
    int fd = (int)completion->user_data;
    switch ((operation)(completion->user_data >> 32)) {
        case ACCEPT: accepted(fd, completion->res, completion->flags); break;
        case RECEIVE: received(fd, completion->res, completion->flags); break;
        case SEND: sent(fd, completion->res); break;
    }
}

static void *map(size_t length, int fd, off_t offset) {
    int flags = fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED | MAP_POPULATE;
    void *address = mmap(NULL, length, PROT_READ | PROT_WRITE, flags, fd, offset);
    if (address == MAP_FAILED) fail("mmap");
    return address;
}

static void open_ring(void) {
    struct io_uring_params setup = {
        .flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_SUBMIT_ALL | IORING_SETUP_CQSIZE
                | IORING_SETUP_NO_SQARRAY,
        .cq_entries = COMPLETIONS,
    };
    ring = syscall(SYS_io_uring_setup, ENTRIES, &setup);
    check(ring, "io_uring_setup");
    char *shared = map(setup.cq_off.cqes + setup.cq_entries * sizeof *completions, ring, IORING_OFF_SQ_RING);
    entries = map(setup.sq_entries * sizeof *entries, ring, IORING_OFF_SQES);
    shared_entries_tail = (unsigned *)(shared + setup.sq_off.tail);
    completions_head = (unsigned *)(shared + setup.cq_off.head);
    completions_tail = (unsigned *)(shared + setup.cq_off.tail);
    completions = (struct io_uring_cqe *)(shared + setup.cq_off.cqes);
}

static void lend_all(void) {
    memory = map((size_t)BUFFERS * BUFFER_BYTES, -1, 0);
    lent = map(BUFFERS * sizeof(struct io_uring_buf), -1, 0);
    struct io_uring_buf_reg registration = {.ring_addr = (uint64_t)lent, .ring_entries = BUFFERS};
    check(syscall(SYS_io_uring_register, ring, IORING_REGISTER_PBUF_RING, &registration, 1), "io_uring_register");
    for (int id = 0; id < BUFFERS; id++) lend(id);
}

int main(int count, char **arguments) {
    http = count > 1 && strcmp(arguments[1], "http") == 0;
    int descriptors = raise_descriptor_limit();
    connections = calloc(descriptors, sizeof *connections);
    starved = calloc(descriptors, sizeof *starved);
    open_ring();
    lend_all();
    arm_accept(listen_on_loopback(SOCK_CLOEXEC));
    for (;;) {
        enter(1);
        if (http) refresh_answer();
        unsigned head = *completions_head;
        unsigned tail = __atomic_load_n(completions_tail, __ATOMIC_ACQUIRE);
        while (head != tail) complete(&completions[head++ & (COMPLETIONS - 1)]);
        __atomic_store_n(completions_head, head, __ATOMIC_RELEASE);
        while (starved_count > 0) arm_receive(starved[--starved_count]);
    }
}
