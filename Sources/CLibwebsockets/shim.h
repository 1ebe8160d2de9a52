// What the libwebsockets headers offer as macros or variadic functions, which Swift cannot import.
#pragma once
#include <libwebsockets.h>

/// Bytes that `lws_write` needs free in front of the payload for the frame header.
static const int qa_lws_pre = LWS_PRE;
/// libev as the event loop, and vhosts that we make ourselves.
static const uint64_t qa_lws_options = LWS_SERVER_OPTION_LIBEV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS;
/// Text messages are checked for UTF-8.
static const uint64_t qa_lws_validate_utf8 = LWS_SERVER_OPTION_VALIDATE_UTF8;
