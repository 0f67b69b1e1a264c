// The least that can be called an HTTP server: counts the empty lines that end requests without bodies and answers each
// with the same bytes. No header is read, so this is a ceiling for servers, not a peer of them.
#ifndef BOWLINE_BENCH_PLAINTEXT_H
#define BOWLINE_BENCH_PLAINTEXT_H

#include <string.h>
#include <time.h>

enum { ANSWER_MAX = 256, REQUEST_MIN = 18 }; // "GET / HTTP/1.1" and two line ends

static char answer[ANSWER_MAX];
static int answer_length;
static time_t answer_second;

// Formats the answer anew when the second has changed.
static inline void refresh_answer(void) {
    time_t now = time(NULL);
    if (now == answer_second) return;
    answer_second = now;
    char date[64];
    struct tm utc;
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&now, &utc));
    answer_length = snprintf(
            answer,
            sizeof answer,
            "HTTP/1.1 200 OK\r\nServer: floor\r\nDate: %s\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
            date);
}

// Writes an answer for each request that ends in these bytes; `matched` remembers how much of an empty line they end
// with. Returns the bytes written.
static inline int answer_requests(const char *bytes, int length, unsigned char *matched, char *out) {
    static const char end[] = "\r\n\r\n";
    int written = 0;
    for (int i = 0; i < length; i++) {
        if (*matched == 0) {
            const char *next = memchr(bytes + i, '\r', length - i);
            if (next == NULL) break;
            i = next - bytes;
        }
        *matched = bytes[i] == end[*matched] ? *matched + 1 : bytes[i] == '\r';
        if (*matched == 4) {
            memcpy(out + written, answer, answer_length);
            written += answer_length;
            *matched = 0;
        }
    }
    return written;
}

// Room for the answers to so many bytes of requests.
static inline int answers_max(int length) {
    return (length / REQUEST_MIN + 1) * ANSWER_MAX;
}

#endif
