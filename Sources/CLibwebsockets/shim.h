// What the libwebsockets headers offer as macros or variadic functions, which Swift cannot import.
#pragma once
#include <libwebsockets.h>

/// Bytes that `lws_write` needs free in front of the payload for the frame header.
static const int qa_lws_pre = LWS_PRE;
/// libev as the event loop, and vhosts that we make ourselves.
static const uint64_t qa_lws_options = LWS_SERVER_OPTION_LIBEV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS;
/// Text messages are checked for UTF-8.
static const uint64_t qa_lws_validate_utf8 = LWS_SERVER_OPTION_VALIDATE_UTF8;
/// A vhost that speaks TLS with an SSL_CTX that we fill in. For the vhost alone: asked of a context, each new
/// one would take another slot of OpenSSL's for its pointers, under the feet of those that are in use.
static const uint64_t qa_lws_tls = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
static const uint64_t qa_lws_tls_server = LWS_SERVER_OPTION_CREATE_VHOST_SSL_CTX;
/// The certificate is checked by us, in full.
static const int qa_lws_client_tls = LCCSCF_USE_SSL | LCCSCF_SKIP_SERVER_CERT_HOSTNAME_CHECK;
/// An origin is sent as it is given, not with `http://` in front.
static const uint64_t qa_lws_raw_origin = LWS_SERVER_OPTION_JUST_USE_RAW_ORIGIN;
