"""Python's ssl as the other end of TLS: `tls_peer.py ROLE PEM [PORT]`.

A server shows the key and the chain in PEM, prints `port N`, serves one connection, and prints how that has ended. A
client trusts the authorities in PEM, talks to PORT of the loopback, and prints what came of it.
"""
import socket
import ssl
import sys

TIME_LIMIT = 15
MUCH = bytes(i * 7 % 251 for i in range(1000000))


def client_context():
    return strict(ssl.create_default_context(cafile=sys.argv[2]))


def strict(context):
    """Python would take a stream that is cut off for one that has ended."""
    context.options &= ~getattr(ssl, "OP_IGNORE_UNEXPECTED_EOF", 0)
    return context


def connected():
    return socket.create_connection(("127.0.0.1", int(sys.argv[3])), TIME_LIMIT)


def wrapped(raw):
    return client_context().wrap_socket(raw, server_hostname="localhost", suppress_ragged_eofs=False)


def all_of(sock, count):
    got = b""
    while len(got) < count:
        piece = sock.recv(65536)
        if not piece:
            break
        got += piece
    return got


def end_of(sock):
    """How the stream of the peer ends."""
    try:
        rest = sock.recv(65536)
        return "close_notify" if rest == b"" else "more: %r" % rest
    except ssl.SSLError as error:
        return cut_off(error)
    except OSError as error:
        return type(error).__name__


def cut_off(error):
    """OpenSSL 3 has a reason of its own for it, which not every Python makes an SSLEOFError of."""
    at_the_end = isinstance(error, ssl.SSLEOFError) or "UNEXPECTED_EOF" in (error.reason or "")
    return "cut off" if at_the_end else repr(error)


def client():
    with wrapped(connected()) as tls:
        tls.settimeout(TIME_LIMIT)
        sent = 0
        got = b""
        while sent < len(MUCH):  # an echo answers meanwhile, and has to be heard
            sent += tls.send(MUCH[sent:sent + 16000])
            got += all_of(tls, sent - len(got))
        print("same" if got == MUCH else "different", tls.version())
        tls.unwrap()
        print("unwrapped")


def client_starttls():
    raw = connected()
    raw.sendall(b"STARTTLS\n")
    print(raw.recv(100).decode().strip())
    with wrapped(raw) as tls:
        tls.sendall(b"in secret\n")
        print(all_of(tls, 10).decode().strip())
        tls.unwrap()


def client_injects():
    """Somebody in between puts a command behind the clear one."""
    raw = connected()
    raw.sendall(b"STARTTLS\nHELO evil\n")
    try:
        got = b"".join(iter(lambda: raw.recv(100), b""))
    except OSError as error:
        got = type(error).__name__.encode()
    print(got.decode())


def client_cuts():
    tls = wrapped(connected())
    tls.sendall(b"hello\n")
    print(all_of(tls, 6).decode().strip())
    tls.close()  # without close_notify


def client_is_cut():
    with wrapped(connected()) as tls:
        tls.sendall(b"cut\n")
        print(all_of(tls, 4).decode().strip())
        print(end_of(tls))


def client_half_closes():
    """Sends close_notify, and reads on."""
    raw = connected()
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = client_context().wrap_bio(incoming, outgoing, server_hostname="localhost")

    def run(step):
        while True:
            try:
                result = step()
                raw.sendall(outgoing.read())
                return result
            except ssl.SSLWantReadError:
                raw.sendall(outgoing.read())
                data = raw.recv(65536)
                if data:
                    incoming.write(data)
                else:
                    incoming.write_eof()

    run(tls.do_handshake)
    run(lambda: tls.write(b"hello"))
    try:
        tls.unwrap()
    except ssl.SSLWantReadError:
        pass
    raw.sendall(outgoing.read())
    print(run(lambda: tls.read(100)).decode())
    try:
        print("then %r" % run(lambda: tls.read(100)))
    except ssl.SSLZeroReturnError:
        print("then close_notify")


def accepted():
    listening = socket.create_server(("127.0.0.1", 0))
    print("port", listening.getsockname()[1], flush=True)
    listening.settimeout(TIME_LIMIT)
    raw, _ = listening.accept()
    raw.settimeout(TIME_LIMIT)
    return raw


def server_wrapped(raw):
    context = strict(ssl.create_default_context(ssl.Purpose.CLIENT_AUTH))
    context.load_cert_chain(sys.argv[2])
    return context.wrap_socket(raw, server_side=True, suppress_ragged_eofs=False)


def server():
    echo(server_wrapped(accepted()))


def echo(tls):
    while True:
        try:
            data = tls.recv(65536)
        except ssl.SSLError as error:
            print(cut_off(error))
            return
        if not data:
            print("close_notify")
            tls.unwrap()
            return
        tls.sendall(data)


def server_starttls():
    raw = accepted()
    raw.recv(100)
    raw.sendall(b"go\n")
    echo(server_wrapped(raw))


def server_cuts():
    tls = server_wrapped(accepted())
    tls.sendall(all_of(tls, 6))
    tls.close()  # without close_notify


def server_answers_after_the_end():
    tls = server_wrapped(accepted())
    got = b"".join(iter(lambda: tls.recv(100), b""))
    tls.sendall(b"after the end: " + got)
    tls.unwrap()


globals()[sys.argv[1].replace("-", "_")]()
