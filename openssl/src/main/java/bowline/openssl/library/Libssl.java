package bowline.openssl.library;

import static bowline.openssl.library.Downcalls.INT;
import static bowline.openssl.library.Downcalls.LONG;
import static bowline.openssl.library.Downcalls.brief;
import static bowline.openssl.library.Downcalls.briefProcedure;
import static bowline.openssl.library.Downcalls.call;
import static bowline.openssl.library.Downcalls.function;
import static bowline.openssl.library.Downcalls.intOf;
import static bowline.openssl.library.Downcalls.longOf;
import static bowline.openssl.library.Downcalls.procedure;

import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// The functions of libssl that are needed, each as its manual page has it. A long file, because it is a table.
public final class Libssl {
    private static final SymbolLookup LIBRARY = Installation.found().ssl();

    private static final MethodHandle TLS_CLIENT_METHOD = function(LIBRARY, "TLS_client_method", LONG);
    private static final MethodHandle TLS_SERVER_METHOD = function(LIBRARY, "TLS_server_method", LONG);
    private static final MethodHandle SSL_CTX_NEW = function(LIBRARY, "SSL_CTX_new", LONG, LONG);
    private static final MethodHandle SSL_CTX_FREE = procedure(LIBRARY, "SSL_CTX_free", LONG);
    private static final MethodHandle SSL_CTX_CTRL = function(LIBRARY, "SSL_CTX_ctrl", LONG, LONG, INT, LONG, LONG);
    private static final MethodHandle SSL_CTX_CALLBACK_CTRL =
            function(LIBRARY, "SSL_CTX_callback_ctrl", LONG, LONG, INT, LONG);
    private static final MethodHandle SSL_CTX_SET_OPTIONS = function(LIBRARY, "SSL_CTX_set_options", LONG, LONG, LONG);
    private static final MethodHandle SSL_CTX_CLEAR_OPTIONS =
            function(LIBRARY, "SSL_CTX_clear_options", LONG, LONG, LONG);
    private static final MethodHandle SSL_CTX_SET_SECURITY_LEVEL =
            procedure(LIBRARY, "SSL_CTX_set_security_level", LONG, INT);
    private static final MethodHandle SSL_CTX_SET_CIPHER_LIST =
            function(LIBRARY, "SSL_CTX_set_cipher_list", INT, LONG, LONG);
    private static final MethodHandle SSL_CTX_SET_CIPHERSUITES =
            function(LIBRARY, "SSL_CTX_set_ciphersuites", INT, LONG, LONG);
    private static final MethodHandle SSL_CTX_USE_CERTIFICATE =
            function(LIBRARY, "SSL_CTX_use_certificate", INT, LONG, LONG);
    private static final MethodHandle SSL_CTX_USE_PRIVATE_KEY =
            function(LIBRARY, "SSL_CTX_use_PrivateKey", INT, LONG, LONG);
    private static final MethodHandle SSL_CTX_CHECK_PRIVATE_KEY =
            function(LIBRARY, "SSL_CTX_check_private_key", INT, LONG);
    private static final MethodHandle SSL_CTX_SET_CLIENT_CA_LIST =
            procedure(LIBRARY, "SSL_CTX_set_client_CA_list", LONG, LONG);
    private static final MethodHandle SSL_CTX_SET_VERIFY = procedure(LIBRARY, "SSL_CTX_set_verify", LONG, INT, LONG);
    private static final MethodHandle SSL_CTX_SET_CERT_VERIFY_CALLBACK =
            procedure(LIBRARY, "SSL_CTX_set_cert_verify_callback", LONG, LONG, LONG);
    private static final MethodHandle SSL_CTX_SET_CERT_CB = procedure(LIBRARY, "SSL_CTX_set_cert_cb", LONG, LONG, LONG);
    private static final MethodHandle SSL_CTX_SET_ALPN_SELECT_CB =
            procedure(LIBRARY, "SSL_CTX_set_alpn_select_cb", LONG, LONG, LONG);
    private static final MethodHandle SSL_CTX_SET_ALPN_PROTOS =
            function(LIBRARY, "SSL_CTX_set_alpn_protos", INT, LONG, LONG, INT);
    private static final MethodHandle SSL_CTX_SET_INFO_CALLBACK =
            procedure(LIBRARY, "SSL_CTX_set_info_callback", LONG, LONG);
    private static final MethodHandle SSL_CTX_SET_KEYLOG_CALLBACK =
            procedure(LIBRARY, "SSL_CTX_set_keylog_callback", LONG, LONG);
    private static final MethodHandle SSL_CTX_SESS_SET_NEW_CB =
            procedure(LIBRARY, "SSL_CTX_sess_set_new_cb", LONG, LONG);
    private static final MethodHandle SSL_CTX_SET_TIMEOUT = function(LIBRARY, "SSL_CTX_set_timeout", LONG, LONG, LONG);
    private static final MethodHandle SSL_CTX_SET_NUM_TICKETS =
            function(LIBRARY, "SSL_CTX_set_num_tickets", INT, LONG, LONG);
    private static final MethodHandle SSL_CTX_SET_SESSION_ID_CONTEXT =
            function(LIBRARY, "SSL_CTX_set_session_id_context", INT, LONG, LONG, INT);
    private static final MethodHandle SSL_CTX_SET_TLSEXT_TICKET_KEY_EVP_CB =
            function(LIBRARY, "SSL_CTX_set_tlsext_ticket_key_evp_cb", INT, LONG, LONG);
    private static final MethodHandle SSL_NEW = function(LIBRARY, "SSL_new", LONG, LONG);
    private static final MethodHandle SSL_FREE = procedure(LIBRARY, "SSL_free", LONG);
    private static final MethodHandle SSL_SET_BIO = briefProcedure(LIBRARY, "SSL_set_bio", LONG, LONG, LONG);
    private static final MethodHandle SSL_SET_CONNECT_STATE = procedure(LIBRARY, "SSL_set_connect_state", LONG);
    private static final MethodHandle SSL_SET_ACCEPT_STATE = procedure(LIBRARY, "SSL_set_accept_state", LONG);
    private static final MethodHandle SSL_CTRL = function(LIBRARY, "SSL_ctrl", LONG, LONG, INT, LONG, LONG);
    private static final MethodHandle SSL_DO_HANDSHAKE = function(LIBRARY, "SSL_do_handshake", INT, LONG);
    private static final MethodHandle SSL_READ = function(LIBRARY, "SSL_read", INT, LONG, LONG, INT);
    private static final MethodHandle SSL_WRITE = function(LIBRARY, "SSL_write", INT, LONG, LONG, INT);
    private static final MethodHandle SSL_SHUTDOWN = function(LIBRARY, "SSL_shutdown", INT, LONG);
    private static final MethodHandle SSL_SET_SHUTDOWN = briefProcedure(LIBRARY, "SSL_set_shutdown", LONG, INT);
    private static final MethodHandle SSL_GET0_PEER_CA_LIST = function(LIBRARY, "SSL_get0_peer_CA_list", LONG, LONG);
    private static final MethodHandle SSL_CERTS_CLEAR = procedure(LIBRARY, "SSL_certs_clear", LONG);
    private static final MethodHandle SSL_FREE_BUFFERS = function(LIBRARY, "SSL_free_buffers", INT, LONG);
    private static final MethodHandle SSL_KEY_UPDATE = function(LIBRARY, "SSL_key_update", INT, LONG, INT);
    private static final MethodHandle SSL_GET_ERROR = brief(LIBRARY, "SSL_get_error", INT, LONG, INT);
    private static final MethodHandle SSL_VERSION = function(LIBRARY, "SSL_version", INT, LONG);
    private static final MethodHandle SSL_GET_CURRENT_CIPHER = function(LIBRARY, "SSL_get_current_cipher", LONG, LONG);
    private static final MethodHandle SSL_CIPHER_STANDARD_NAME =
            function(LIBRARY, "SSL_CIPHER_standard_name", LONG, LONG);
    private static final MethodHandle SSL_GET0_ALPN_SELECTED =
            procedure(LIBRARY, "SSL_get0_alpn_selected", LONG, LONG, LONG);
    private static final MethodHandle SSL_GET_SERVERNAME = function(LIBRARY, "SSL_get_servername", LONG, LONG, INT);
    private static final MethodHandle SSL_GET0_PEER_CERTIFICATE =
            function(LIBRARY, "SSL_get0_peer_certificate", LONG, LONG);
    private static final MethodHandle SSL_SESSION_REUSED = function(LIBRARY, "SSL_session_reused", INT, LONG);
    private static final MethodHandle SSL_GET_SESSION = function(LIBRARY, "SSL_get_session", LONG, LONG);
    private static final MethodHandle SSL_GET1_SESSION = function(LIBRARY, "SSL_get1_session", LONG, LONG);
    private static final MethodHandle SSL_SET_SESSION = function(LIBRARY, "SSL_set_session", INT, LONG, LONG);
    private static final MethodHandle SSL_SESSION_UP_REF = function(LIBRARY, "SSL_SESSION_up_ref", INT, LONG);
    private static final MethodHandle SSL_SESSION_FREE = procedure(LIBRARY, "SSL_SESSION_free", LONG);
    private static final MethodHandle SSL_SESSION_IS_RESUMABLE =
            function(LIBRARY, "SSL_SESSION_is_resumable", INT, LONG);
    private static final MethodHandle SSL_SESSION_GET_PROTOCOL_VERSION =
            function(LIBRARY, "SSL_SESSION_get_protocol_version", INT, LONG);
    private static final MethodHandle SSL_SESSION_GET_TIME = function(LIBRARY, "SSL_SESSION_get_time", LONG, LONG);

    private Libssl() {}

    // Contexts: what connections have in common

    /// TLS_client_method(3)
    public static long clientMethod() {
        return longOf(TLS_CLIENT_METHOD);
    }

    /// TLS_server_method(3)
    public static long serverMethod() {
        return longOf(TLS_SERVER_METHOD);
    }

    /// SSL_CTX_new(3)
    public static long newContext(long method) {
        return longOf(SSL_CTX_NEW, method);
    }

    /// SSL_CTX_free(3): one owner less. Each connection is one.
    public static void freeContext(long context) {
        call(SSL_CTX_FREE, context);
    }

    /// SSL_CTX_ctrl(3)
    public static long controlContext(long context, int command, long number, long pointer) {
        return longOf(SSL_CTX_CTRL, context, command, number, pointer);
    }

    /// SSL_CTX_callback_ctrl(3)
    public static long setContextCallback(long context, int command, long callback) {
        return longOf(SSL_CTX_CALLBACK_CTRL, context, command, callback);
    }

    /// SSL_CTX_set_options(3)
    public static long setOptions(long context, long options) {
        return longOf(SSL_CTX_SET_OPTIONS, context, options);
    }

    /// SSL_CTX_clear_options(3)
    public static long clearOptions(long context, long options) {
        return longOf(SSL_CTX_CLEAR_OPTIONS, context, options);
    }

    /// SSL_CTX_set_security_level(3)
    public static void setSecurityLevel(long context, int level) {
        call(SSL_CTX_SET_SECURITY_LEVEL, context, level);
    }

    /// SSL_CTX_set_cipher_list(3): of TLS 1.2.
    public static int setCipherList(long context, long text) {
        return intOf(SSL_CTX_SET_CIPHER_LIST, context, text);
    }

    /// SSL_CTX_set_ciphersuites(3): of TLS 1.3.
    public static int setCipherSuites(long context, long text) {
        return intOf(SSL_CTX_SET_CIPHERSUITES, context, text);
    }

    /// SSL_CTX_use_certificate(3)
    public static int useCertificate(long context, long certificate) {
        return intOf(SSL_CTX_USE_CERTIFICATE, context, certificate);
    }

    /// SSL_CTX_use_PrivateKey(3)
    public static int useKey(long context, long key) {
        return intOf(SSL_CTX_USE_PRIVATE_KEY, context, key);
    }

    /// SSL_CTX_check_private_key(3)
    public static int checkKey(long context) {
        return intOf(SSL_CTX_CHECK_PRIVATE_KEY, context);
    }

    /// SSL_CTX_set_client_CA_list(3): takes the stack.
    public static void setAcceptedIssuers(long context, long names) {
        call(SSL_CTX_SET_CLIENT_CA_LIST, context, names);
    }

    /// SSL_CTX_set_verify(3)
    public static void setVerify(long context, int mode, long callback) {
        call(SSL_CTX_SET_VERIFY, context, mode, callback);
    }

    /// SSL_CTX_set_cert_verify_callback(3)
    public static void setVerifier(long context, long callback, long argument) {
        call(SSL_CTX_SET_CERT_VERIFY_CALLBACK, context, callback, argument);
    }

    /// SSL_CTX_set_cert_cb(3)
    public static void setCertificateCallback(long context, long callback, long argument) {
        call(SSL_CTX_SET_CERT_CB, context, callback, argument);
    }

    /// SSL_CTX_set_alpn_select_cb(3)
    public static void setProtocolSelector(long context, long callback, long argument) {
        call(SSL_CTX_SET_ALPN_SELECT_CB, context, callback, argument);
    }

    /// SSL_CTX_set_alpn_protos(3): 0 if it is done.
    public static int setProtocols(long context, long at, int count) {
        return intOf(SSL_CTX_SET_ALPN_PROTOS, context, at, count);
    }

    /// SSL_CTX_set_info_callback(3)
    public static void setInfoCallback(long context, long callback) {
        call(SSL_CTX_SET_INFO_CALLBACK, context, callback);
    }

    /// SSL_CTX_set_keylog_callback(3)
    public static void setKeyLog(long context, long callback) {
        call(SSL_CTX_SET_KEYLOG_CALLBACK, context, callback);
    }

    /// SSL_CTX_sess_set_new_cb(3)
    public static void setNewSessionCallback(long context, long callback) {
        call(SSL_CTX_SESS_SET_NEW_CB, context, callback);
    }

    /// SSL_CTX_set_timeout(3)
    public static long setSessionTimeout(long context, long seconds) {
        return longOf(SSL_CTX_SET_TIMEOUT, context, seconds);
    }

    /// SSL_CTX_set_num_tickets(3)
    public static int setTicketCount(long context, long count) {
        return intOf(SSL_CTX_SET_NUM_TICKETS, context, count);
    }

    /// SSL_CTX_set_session_id_context(3)
    public static int setSessionIdContext(long context, long at, int count) {
        return intOf(SSL_CTX_SET_SESSION_ID_CONTEXT, context, at, count);
    }

    /// SSL_CTX_set_tlsext_ticket_key_evp_cb(3)
    public static int setTicketKeyCallback(long context, long callback) {
        return intOf(SSL_CTX_SET_TLSEXT_TICKET_KEY_EVP_CB, context, callback);
    }

    // Connections

    /// SSL_new(3)
    public static long newConnection(long context) {
        return longOf(SSL_NEW, context);
    }

    /// SSL_free(3)
    public static void freeConnection(long connection) {
        call(SSL_FREE, connection);
    }

    /// SSL_set_bio(3): takes one ownership of each.
    public static void setBios(long connection, long in, long out) {
        call(SSL_SET_BIO, connection, in, out);
    }

    /// SSL_set_connect_state(3)
    public static void setClient(long connection) {
        call(SSL_SET_CONNECT_STATE, connection);
    }

    /// SSL_set_accept_state(3)
    public static void setServer(long connection) {
        call(SSL_SET_ACCEPT_STATE, connection);
    }

    /// SSL_ctrl(3)
    public static long control(long connection, int command, long number, long pointer) {
        return longOf(SSL_CTRL, connection, command, number, pointer);
    }

    /// SSL_do_handshake(3)
    public static int handshake(long connection) {
        return intOf(SSL_DO_HANDSHAKE, connection);
    }

    /// SSL_read(3)
    public static int read(long connection, long to, int count) {
        return intOf(SSL_READ, connection, to, count);
    }

    /// SSL_write(3)
    public static int write(long connection, long from, int count) {
        return intOf(SSL_WRITE, connection, from, count);
    }

    /// SSL_shutdown(3)
    public static int shutdown(long connection) {
        return intOf(SSL_SHUTDOWN, connection);
    }

    /// SSL_set_shutdown(3)
    public static void setShutdown(long connection, int mode) {
        call(SSL_SET_SHUTDOWN, connection, mode);
    }

    /// SSL_get0_peer_CA_list(3): a stack of names, or 0.
    public static long acceptedIssuers(long connection) {
        return longOf(SSL_GET0_PEER_CA_LIST, connection);
    }

    /// SSL_certs_clear(3)
    public static void forgetCertificates(long connection) {
        call(SSL_CERTS_CLEAR, connection);
    }

    /// SSL_free_buffers(3): if they are empty.
    public static int freeBuffers(long connection) {
        return intOf(SSL_FREE_BUFFERS, connection);
    }

    /// SSL_key_update(3)
    public static int updateKey(long connection, int type) {
        return intOf(SSL_KEY_UPDATE, connection, type);
    }

    /// SSL_get_error(3), of the last call on this thread.
    public static int error(long connection, int result) {
        return intOf(SSL_GET_ERROR, connection, result);
    }

    // What has been agreed upon

    /// SSL_version(3): as on the wire.
    public static int protocolVersion(long connection) {
        return intOf(SSL_VERSION, connection);
    }

    /// SSL_get_current_cipher(3)
    public static long cipher(long connection) {
        return longOf(SSL_GET_CURRENT_CIPHER, connection);
    }

    /// SSL_CIPHER_standard_name(3): the address of its name in the RFCs.
    public static long cipherName(long cipher) {
        return longOf(SSL_CIPHER_STANDARD_NAME, cipher);
    }

    /// SSL_get0_alpn_selected(3)
    public static void selectedProtocol(long connection, long at, long count) {
        call(SSL_GET0_ALPN_SELECTED, connection, at, count);
    }

    /// SSL_get_servername(3): the address of a text, or 0.
    public static long serverName(long connection, int type) {
        return longOf(SSL_GET_SERVERNAME, connection, type);
    }

    /// SSL_get0_peer_certificate(3): the peer's own, or 0.
    public static long peerCertificate(long connection) {
        return longOf(SSL_GET0_PEER_CERTIFICATE, connection);
    }

    /// SSL_session_reused(3)
    public static int resumed(long connection) {
        return intOf(SSL_SESSION_REUSED, connection);
    }

    // Sessions

    /// SSL_get_session(3): without a new owner.
    public static long session(long connection) {
        return longOf(SSL_GET_SESSION, connection);
    }

    /// SSL_get1_session(3): one more owner, who is the caller.
    public static long takeSession(long connection) {
        return longOf(SSL_GET1_SESSION, connection);
    }

    /// SSL_set_session(3): one more owner.
    public static int setSession(long connection, long session) {
        return intOf(SSL_SET_SESSION, connection, session);
    }

    /// SSL_SESSION_up_ref(3): one more owner.
    public static int keepSession(long session) {
        return intOf(SSL_SESSION_UP_REF, session);
    }

    /// SSL_SESSION_free(3): one owner less.
    public static void freeSession(long session) {
        call(SSL_SESSION_FREE, session);
    }

    /// SSL_SESSION_is_resumable(3)
    public static int isResumable(long session) {
        return intOf(SSL_SESSION_IS_RESUMABLE, session);
    }

    /// SSL_SESSION_get_protocol_version(3)
    public static int sessionVersion(long session) {
        return intOf(SSL_SESSION_GET_PROTOCOL_VERSION, session);
    }

    /// SSL_SESSION_get_time(3): when it began, in seconds since 1970.
    public static long sessionSeconds(long session) {
        return longOf(SSL_SESSION_GET_TIME, session);
    }
}
