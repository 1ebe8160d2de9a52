// The baseline for durable commands: SQLite as the hub sets it up, and nothing around it.
//
// usage: BareCommit FILE SECONDS ENTRIES-PER-COMMIT    prints one line of JSON

#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void check(int result, sqlite3 *database) {
    if (result == SQLITE_OK || result == SQLITE_DONE || result == SQLITE_ROW) return;
    fprintf(stderr, "BareCommit: %s\n", sqlite3_errmsg(database));
    exit(1);
}

static int ascending(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return difference < 0 ? -1 : difference > 0;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: BareCommit FILE SECONDS ENTRIES-PER-COMMIT\n");
        return 2;
    }
    double seconds = atof(argv[2]);
    int together = atoi(argv[3]);
    sqlite3 *database;
    check(sqlite3_open(argv[1], &database), NULL);
    check(sqlite3_exec(database,
        "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        "CREATE TABLE IF NOT EXISTS entries (sequence INTEGER PRIMARY KEY, body BLOB NOT NULL, checksum BLOB NOT NULL)",
        NULL, NULL, NULL), database);
    sqlite3_stmt *begin, *insert, *commit;
    check(sqlite3_prepare_v2(database, "BEGIN IMMEDIATE", -1, &begin, NULL), database);
    check(sqlite3_prepare_v2(database, "INSERT INTO entries (body, checksum) VALUES (?, ?)", -1, &insert, NULL), database);
    check(sqlite3_prepare_v2(database, "COMMIT", -1, &commit, NULL), database);
    // As long as the entry of a vote, and its checksum.
    static uint8_t body[190], checksum[32];
    memset(body, 'x', sizeof body);
    static double took[1000000];
    double start = now(), end = start;
    long commits = 0;
    while (end - start < seconds && commits < 1000000) {
        double before = end;
        check(sqlite3_step(begin), database);
        sqlite3_reset(begin);
        for (int i = 0; i < together; i++) {
            sqlite3_bind_blob(insert, 1, body, sizeof body, SQLITE_STATIC);
            sqlite3_bind_blob(insert, 2, checksum, sizeof checksum, SQLITE_STATIC);
            check(sqlite3_step(insert), database);
            sqlite3_reset(insert);
        }
        check(sqlite3_step(commit), database);
        sqlite3_reset(commit);
        end = now();
        took[commits++] = (end - before) * 1000;
    }
    qsort(took, (size_t)commits, sizeof took[0], ascending);
    printf("{\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,", took[commits / 2], took[commits * 99 / 100],
        took[commits - 1]);
    printf("\"commits\":%ld,\"entries\":%ld,\"seconds\":%.3f,\"commits_per_second\":%.0f,\"entries_per_second\":%.0f}\n",
        commits, commits * together, end - start, (double)commits / (end - start),
        (double)(commits * together) / (end - start));
    sqlite3_finalize(begin);
    sqlite3_finalize(insert);
    sqlite3_finalize(commit);
    sqlite3_close(database);
    return 0;
}
