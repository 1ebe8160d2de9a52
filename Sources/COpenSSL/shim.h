// What the OpenSSL headers offer as macros or variadic functions, which Swift cannot import.
#pragma once
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/param_build.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

/// TLS 1.2 and 1.3, without renegotiation, compression, and a cache of sessions in memory.
static inline void qa_ssl_ctx_harden(SSL_CTX *context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
}

/// Takes the server name out of the greeting; addresses may not stand there (RFC 6066 §3).
static inline void qa_ssl_clear_server_name(SSL *ssl) { SSL_set_tlsext_host_name(ssl, NULL); }

static const int qa_ssl_handshake_start = SSL_CB_HANDSHAKE_START;
static const int qa_server_name_type = TLSEXT_NAMETYPE_host_name;

/// A fresh key on P-256.
static inline EVP_PKEY *qa_new_p256_key(void) { return EVP_EC_gen("P-256"); }

static inline STACK_OF(X509) *qa_x509_stack_new(void) { return sk_X509_new_null(); }
static inline int qa_x509_stack_push(STACK_OF(X509) *stack, X509 *certificate) {
    return sk_X509_push(stack, certificate);
}
static inline int qa_x509_stack_count(const STACK_OF(X509) *stack) { return stack ? sk_X509_num(stack) : 0; }
static inline X509 *qa_x509_stack_at(const STACK_OF(X509) *stack, int index) { return sk_X509_value(stack, index); }
static inline void qa_x509_stack_free(STACK_OF(X509) *stack) { sk_X509_pop_free(stack, X509_free); }

static inline int qa_general_names_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }
static inline GENERAL_NAME *qa_general_names_at(const GENERAL_NAMES *names, int index) {
    return sk_GENERAL_NAME_value(names, index);
}

/// Nil for anything but a DNS name.
static inline const ASN1_STRING *qa_dns_name(const GENERAL_NAME *name) {
    return name->type == GEN_DNS ? name->d.dNSName : NULL;
}
/// Nil for anything but an address of 4 or 16 bytes.
static inline const ASN1_STRING *qa_ip_address(const GENERAL_NAME *name) {
    return name->type == GEN_IPADD ? name->d.iPAddress : NULL;
}

/// RFC 2253, with letters beyond ASCII as they are.
static const unsigned long qa_name_format = (XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);

static inline SSL *qa_ssl_of_store(X509_STORE_CTX *shown) {
    return (SSL *)X509_STORE_CTX_get_ex_data(shown, SSL_get_ex_data_X509_STORE_CTX_idx());
}

/// A client's certificate is demanded and checked by `check` alone. Nobody resumes: what was taken back since would not be seen.
static inline void qa_ssl_ctx_demand(SSL_CTX *context, int (*check)(X509_STORE_CTX *, void *), void *argument) {
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    SSL_CTX_set_cert_verify_callback(context, check, argument);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context, 0);
}

/// The certificate that signed the leaf of a verified chain; the leaf itself when it is an authority of its own. Borrowed.
static inline X509 *qa_issuer_in_chain(X509_STORE_CTX *context) {
    STACK_OF(X509) *chain = X509_STORE_CTX_get0_chain(context);
    int count = chain ? sk_X509_num(chain) : 0;
    return count == 0 ? NULL : sk_X509_value(chain, count > 1 ? 1 : 0);
}

static inline void qa_x509_drop(void *parent, void *certificate, CRYPTO_EX_DATA *data, int index, long number, void *argument) {
    (void)parent; (void)data; (void)index; (void)number; (void)argument;
    X509_free((X509 *)certificate);
}

/// One slot in every SSL, made when first asked for; on one thread.
static inline int qa_ssl_slot(void) {
    static int slot = -1;
    if (slot < 0) slot = SSL_get_ex_new_index(0, NULL, NULL, NULL, qa_x509_drop);
    return slot;
}

/// Keeps a certificate with a connection, for as long as that lives.
static inline void qa_ssl_keep(SSL *ssl, X509 *certificate) {
    X509 *before = (X509 *)SSL_get_ex_data(ssl, qa_ssl_slot());
    X509_up_ref(certificate);
    SSL_set_ex_data(ssl, qa_ssl_slot(), certificate);
    X509_free(before);
}
static inline X509 *qa_ssl_kept(const SSL *ssl) { return (X509 *)SSL_get_ex_data(ssl, qa_ssl_slot()); }

/// The peer's certificate with a reference for the caller; nil when it showed none.
static inline X509 *qa_ssl_peer(const SSL *ssl) { return SSL_get1_peer_certificate(ssl); }
static inline STACK_OF(X509) *qa_ssl_peer_chain(const SSL *ssl) { return SSL_get_peer_cert_chain(ssl); }

static inline int qa_verify_sha256(EVP_PKEY *key, const unsigned char *data, size_t size, const unsigned char *signature, size_t length) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int result = EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) == 1
        && EVP_DigestVerify(context, signature, length, data, size) == 1;
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return result;
}

static inline EVP_PKEY *qa_public_key(const char *kind, OSSL_PARAM *parts) {
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, kind, NULL);
    if (context && EVP_PKEY_fromdata_init(context) == 1) EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parts);
    EVP_PKEY_CTX_free(context);
    return key;
}

/// RSASSA-PKCS1-v1_5 with SHA-256, of a key given by modulus and exponent.
static inline int qa_rs256_verify(const unsigned char *n, size_t n_size, const unsigned char *e, size_t e_size, const unsigned char *data,
                                  size_t size, const unsigned char *signature, size_t length) {
    BIGNUM *modulus = BN_bin2bn(n, (int)n_size, NULL), *exponent = BN_bin2bn(e, (int)e_size, NULL);
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, modulus);
    OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, exponent);
    OSSL_PARAM *parts = OSSL_PARAM_BLD_to_param(builder);
    EVP_PKEY *key = qa_public_key("RSA", parts);
    int result = key ? qa_verify_sha256(key, data, size, signature, length) : 0;
    EVP_PKEY_free(key);
    OSSL_PARAM_free(parts);
    OSSL_PARAM_BLD_free(builder);
    BN_free(modulus);
    BN_free(exponent);
    ERR_clear_error();
    return result;
}

/// ECDSA on P-256 with SHA-256: the point is 65 bytes, the signature r and s of 32 bytes each.
static inline int qa_es256_verify(const unsigned char *point, const unsigned char *data, size_t size, const unsigned char *signature) {
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
    OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point, 65);
    OSSL_PARAM *parts = OSSL_PARAM_BLD_to_param(builder);
    EVP_PKEY *key = qa_public_key("EC", parts);
    ECDSA_SIG *pair = ECDSA_SIG_new();
    ECDSA_SIG_set0(pair, BN_bin2bn(signature, 32, NULL), BN_bin2bn(signature + 32, 32, NULL));
    unsigned char *der = NULL;
    int length = i2d_ECDSA_SIG(pair, &der);
    int result = key && length > 0 ? qa_verify_sha256(key, data, size, der, (size_t)length) : 0;
    OPENSSL_free(der);
    ECDSA_SIG_free(pair);
    EVP_PKEY_free(key);
    OSSL_PARAM_free(parts);
    OSSL_PARAM_BLD_free(builder);
    ERR_clear_error();
    return result;
}
