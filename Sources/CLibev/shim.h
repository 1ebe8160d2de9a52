// libev initialises its watchers with macros, which Swift cannot import. One function a macro, no logic.
#pragma once
#include <ev.h>

static inline void qa_ev_timer_init(
    ev_timer *w, void (*cb)(struct ev_loop *, ev_timer *, int), double after, double repeat, void *data) {
    ev_timer_init(w, cb, after, repeat);
    w->data = data;
}

static inline void qa_ev_io_init(
    ev_io *w, void (*cb)(struct ev_loop *, ev_io *, int), int descriptor, int events, void *data) {
    ev_io_init(w, cb, descriptor, events);
    w->data = data;
}

static inline void qa_ev_signal_init(
    ev_signal *w, void (*cb)(struct ev_loop *, ev_signal *, int), int number, void *data) {
    ev_signal_init(w, cb, number);
    w->data = data;
}

static inline void qa_ev_async_init(ev_async *w, void (*cb)(struct ev_loop *, ev_async *, int), void *data) {
    ev_async_init(w, cb);
    w->data = data;
}

static inline void qa_ev_prepare_init(
    ev_prepare *w, void (*cb)(struct ev_loop *, ev_prepare *, int), void *data) {
    ev_prepare_init(w, cb);
    w->data = data;
}

static inline void qa_ev_idle_init(ev_idle *w, void (*cb)(struct ev_loop *, ev_idle *, int), void *data) {
    ev_idle_init(w, cb);
    w->data = data;
}
