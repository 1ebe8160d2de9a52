// The baseline for delivering frames: an epoll loop that accepts WebSockets and sends ready frames with send().
//
// It answers the upgrade so that the very same swarm can read from it, and otherwise does nothing: no views, no
// sessions, no queues, no pings. One line on standard input is one order, one line of JSON on standard output its answer:
//
//   count                            how many sockets are open
//   rounds COUNT BYTES MILLISECONDS  COUNT times: one frame of BYTES bytes of payload to every socket, then a rest
//
// It ends with its standard input. usage: BareLoop PORT

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HIGHEST = 65536, REQUEST = 2048 };

// What is known of a socket: its request as far as it came, or that it is open.
static char *requests[HIGHEST];
static int lengths[HIGHEST];
static char isOpen[HIGHEST];
static int highest = 0;
static int openCount = 0;
static uint64_t refused = 0;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static uint64_t now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

// MARK: The upgrade (RFC 6455, RFC 3174)

static uint32_t turn(uint32_t value, int bits) { return value << bits | value >> (32 - bits); }

static void sha1(const uint8_t *text, size_t length, uint8_t digest[20]) {
    uint32_t state[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    uint8_t padded[192] = {0};
    size_t whole = (length + 9 + 63) / 64 * 64;
    if (whole > sizeof padded) return;
    memcpy(padded, text, length);
    padded[length] = 0x80;
    for (int i = 0; i < 8; i++) padded[whole - 1 - (size_t)i] = (uint8_t)((uint64_t)length * 8 >> (8 * i));
    for (size_t block = 0; block < whole; block += 64) {
        uint32_t words[80];
        for (int i = 0; i < 16; i++) {
            const uint8_t *four = padded + block + 4 * (size_t)i;
            words[i] = (uint32_t)four[0] << 24 | (uint32_t)four[1] << 16 | (uint32_t)four[2] << 8 | four[3];
        }
        for (int i = 16; i < 80; i++) words[i] = turn(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
        uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
        for (int i = 0; i < 80; i++) {
            uint32_t mix, key;
            if (i < 20) mix = (b & c) | (~b & d), key = 0x5A827999;
            else if (i < 40) mix = b ^ c ^ d, key = 0x6ED9EBA1;
            else if (i < 60) mix = (b & c) | (b & d) | (c & d), key = 0x8F1BBCDC;
            else mix = b ^ c ^ d, key = 0xCA62C1D6;
            uint32_t next = turn(a, 5) + mix + e + key + words[i];
            e = d, d = c, c = turn(b, 30), b = a, a = next;
        }
        state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e;
    }
    for (int i = 0; i < 20; i++) digest[i] = (uint8_t)(state[i / 4] >> (24 - 8 * (i % 4)));
}

static void base64(const uint8_t digest[20], char text[29]) {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint8_t bytes[21] = {0};
    memcpy(bytes, digest, 20);
    for (int i = 0; i < 7; i++) {
        uint32_t three = (uint32_t)bytes[3 * i] << 16 | (uint32_t)bytes[3 * i + 1] << 8 | bytes[3 * i + 2];
        for (int j = 0; j < 4; j++) text[4 * i + j] = alphabet[three >> (18 - 6 * j) & 63];
    }
    text[27] = '=';
    text[28] = 0;
}

static void forget(int socket) {
    if (isOpen[socket]) openCount--;
    free(requests[socket]);
    requests[socket] = NULL;
    isOpen[socket] = 0;
    close(socket);
}

static void upgrade(int socket) {
    char *key = strcasestr(requests[socket], "Sec-WebSocket-Key:");
    if (key == NULL) {
        forget(socket);
        return;
    }
    key += strlen("Sec-WebSocket-Key:");
    while (*key == ' ') key++;
    size_t length = strcspn(key, "\r\n ");
    uint8_t joined[128], digest[20];
    static const char fixed[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    if (length + sizeof fixed > sizeof joined) {
        forget(socket);
        return;
    }
    memcpy(joined, key, length);
    memcpy(joined + length, fixed, sizeof fixed - 1);
    sha1(joined, length + sizeof fixed - 1, digest);
    char accepted[29], answer[256];
    base64(digest, accepted);
    int count = snprintf(answer, sizeof answer,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: %s\r\nSec-WebSocket-Protocol: qarelay.v1\r\n\r\n", accepted);
    if (send(socket, answer, (size_t)count, MSG_NOSIGNAL) != count) {
        forget(socket);
        return;
    }
    free(requests[socket]);
    requests[socket] = NULL;
    isOpen[socket] = 1;
    openCount++;
}

static void readFrom(int socket) {
    char sink[4096];
    if (isOpen[socket]) {
        // Whatever phones say is not listened to.
        ssize_t count = recv(socket, sink, sizeof sink, 0);
        if (count == 0 || (count < 0 && errno != EAGAIN)) forget(socket);
        return;
    }
    if (requests[socket] == NULL) {
        requests[socket] = calloc(1, REQUEST);
        lengths[socket] = 0;
        if (requests[socket] == NULL) fail("calloc");
    }
    ssize_t count = recv(socket, requests[socket] + lengths[socket], (size_t)(REQUEST - 1 - lengths[socket]), 0);
    if (count <= 0) {
        if (count == 0 || errno != EAGAIN) forget(socket);
        return;
    }
    lengths[socket] += (int)count;
    requests[socket][lengths[socket]] = 0;
    if (strstr(requests[socket], "\r\n\r\n") != NULL) upgrade(socket);
}

// MARK: The frames

// A frame as the hub's: text, unmasked, a delta that a phone's reader looks at in the same way.
static size_t makeFrame(uint8_t *frame, size_t payload, int round) {
    size_t header = payload < 126 ? 2 : 4;
    frame[0] = 0x81;
    if (header == 2) {
        frame[1] = (uint8_t)payload;
    } else {
        frame[1] = 126;
        frame[2] = (uint8_t)(payload >> 8);
        frame[3] = (uint8_t)payload;
    }
    char text[128];
    int count = snprintf(text, sizeof text, "{\"type\":\"delta\",\"from\":%d,\"to\":%d,\"part\":0,\"more\":false,\"pad\":\"",
        round + 1, round + 2);
    memset(frame + header, 'x', payload);
    memcpy(frame + header, text, (size_t)count < payload ? (size_t)count : payload);
    if (payload > (size_t)count + 2) memcpy(frame + header + payload - 2, "\"}", 2);
    return header + payload;
}

static uint64_t sendRound(size_t payload, int round) {
    static uint8_t frame[70000];
    size_t length = makeFrame(frame, payload, round);
    uint64_t deliveries = 0;
    for (int socket = 0; socket <= highest; socket++) {
        if (!isOpen[socket]) continue;
        if (send(socket, frame, length, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)length) deliveries++;
        else refused++;
    }
    return deliveries;
}

struct Rounds {
    int left, done;
    size_t payload;
    uint64_t rest, next, deliveries, cpu, started, cpuAtStart;
};

static void answerRounds(struct Rounds *rounds) {
    printf("{\"event\":\"rounds\",\"rounds\":%d,\"sockets\":%d,\"deliveries\":%llu,\"refused\":%llu,"
           "\"sending_ns_per_delivery\":%.1f,\"cpu_ns\":%llu,\"seconds\":%.3f}\n",
        rounds->done, openCount, (unsigned long long)rounds->deliveries, (unsigned long long)refused,
        rounds->deliveries ? (double)rounds->cpu / (double)rounds->deliveries : 0.0,
        (unsigned long long)(now(CLOCK_PROCESS_CPUTIME_ID) - rounds->cpuAtStart),
        (double)(now(CLOCK_MONOTONIC) - rounds->started) / 1e9);
}

static int order(char *line, struct Rounds *rounds) {
    int count;
    unsigned long bytes, rest;
    if (strncmp(line, "count", 5) == 0) {
        printf("{\"event\":\"count\",\"sockets\":%d}\n", openCount);
    } else if (sscanf(line, "rounds %d %lu %lu", &count, &bytes, &rest) == 3 && bytes < 65536 && bytes >= 100) {
        *rounds = (struct Rounds){.left = count, .payload = bytes, .rest = rest * 1000000u};
        rounds->started = rounds->next = now(CLOCK_MONOTONIC);
        rounds->cpuAtStart = now(CLOCK_PROCESS_CPUTIME_ID);
        refused = 0;
    } else {
        return 0;
    }
    return 1;
}

// Sends what is due; returns how many milliseconds the loop may sleep.
static int work(struct Rounds *rounds) {
    if (rounds->left == 0) return -1;
    uint64_t time = now(CLOCK_MONOTONIC);
    if (time < rounds->next) return (int)((rounds->next - time + 999999) / 1000000);
    uint64_t before = now(CLOCK_PROCESS_CPUTIME_ID);
    rounds->deliveries += sendRound(rounds->payload, rounds->done);
    rounds->cpu += now(CLOCK_PROCESS_CPUTIME_ID) - before;
    rounds->done++;
    rounds->left--;
    rounds->next += rounds->rest;
    if (rounds->left > 0) return 0;
    answerRounds(rounds);
    return -1;
}

static int listenAt(int port) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0) fail("bind");
    if (listen(listener, 4096) != 0) fail("listen");
    return listener;
}

static void acceptAll(int listener, int poll) {
    int yes = 1;
    for (;;) {
        int socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
        if (socket < 0) return;
        if (socket >= HIGHEST) {
            close(socket);
            continue;
        }
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        struct epoll_event event = {.events = EPOLLIN, .data.fd = socket};
        epoll_ctl(poll, EPOLL_CTL_ADD, socket, &event);
        if (socket > highest) highest = socket;
    }
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: BareLoop PORT\n");
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    int listener = listenAt(atoi(argv[1]));
    int poll = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
    event.data.fd = STDIN_FILENO;
    epoll_ctl(poll, EPOLL_CTL_ADD, STDIN_FILENO, &event);
    printf("{\"event\":\"listening\"}\n");
    struct Rounds rounds = {0};
    for (;;) {
        int sleep = work(&rounds);
        struct epoll_event ready[256];
        int count = epoll_wait(poll, ready, 256, sleep);
        for (int i = 0; i < count; i++) {
            int descriptor = ready[i].data.fd;
            if (descriptor == listener) {
                acceptAll(listener, poll);
            } else if (descriptor == STDIN_FILENO) {
                char line[256];
                ssize_t length = read(STDIN_FILENO, line, sizeof line - 1);
                if (length <= 0) return 0;
                line[length] = 0;
                if (!order(line, &rounds)) printf("{\"event\":\"error\"}\n");
            } else {
                readFrom(descriptor);
            }
        }
    }
}
