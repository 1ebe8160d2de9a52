#pragma once
#include <zlib.h>

/* A macro in zlib.h, which Swift does not see. 15 + 16: the largest window, in a gzip wrapper. */
static inline int qa_deflate_gzip(z_stream *stream) {
    return deflateInit2(stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
}
