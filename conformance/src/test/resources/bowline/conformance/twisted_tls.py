"""Twisted's TLS as the other end: `twisted_tls.py ROLE PEM [PORT]`.

A server shows the key and the certificate in PEM, prints `port N` and serves until its standard input ends. A client
trusts the authority in PEM, talks to PORT of the loopback, prints what it got, and ends.
"""
import sys

from twisted.internet import endpoints, protocol, reactor, ssl, stdio
from twisted.protocols import basic

MUCH = bytes(i * 7 % 251 for i in range(1000000))


def pem():
    with open(sys.argv[2]) as file:
        return file.read()


def client_options():
    return ssl.optionsForClientTLS("localhost", trustRoot=ssl.Certificate.loadPEM(pem()))


def server_options():
    return ssl.PrivateCertificate.loadPEM(pem()).options()


class Echo(protocol.Protocol):
    def dataReceived(self, data):
        self.transport.write(data)


class StartTlsServer(basic.LineReceiver):
    delimiter = b"\n"

    def lineReceived(self, line):
        if line == b"STARTTLS":
            self.sendLine(b"go")
            self.transport.startTLS(server_options())
        else:
            self.sendLine(line[::-1])


class EchoClient(protocol.Protocol):
    def connectionMade(self):
        self.got = b""
        self.transport.write(MUCH)

    def dataReceived(self, data):
        self.got += data
        if len(self.got) >= len(MUCH):
            print("same" if self.got == MUCH else "different")
            self.transport.loseConnection()

    def connectionLost(self, reason):
        print(reason.type.__name__)
        reactor.stop()


class StartTlsClient(basic.LineReceiver):
    delimiter = b"\n"
    secret = False

    def connectionMade(self):
        self.sendLine(b"STARTTLS")

    def lineReceived(self, line):
        print(line.decode())
        if not self.secret:
            self.secret = True
            self.transport.startTLS(client_options())
            self.sendLine(b"in secret")
        else:
            self.transport.loseConnection()

    def connectionLost(self, reason):
        print(reason.type.__name__)
        reactor.stop()


class UntilEnd(protocol.Protocol):
    def connectionLost(self, reason):
        if reactor.running:
            reactor.stop()


def serve(made, tls):
    factory = protocol.Factory.forProtocol(made)
    if tls:
        port = reactor.listenSSL(0, factory, server_options(), interface="127.0.0.1")
    else:
        port = reactor.listenTCP(0, factory, interface="127.0.0.1")
    print("port", port.getHost().port, flush=True)
    stdio.StandardIO(UntilEnd())


def connect(made, tls):
    endpoint = endpoints.TCP4ClientEndpoint(reactor, "127.0.0.1", int(sys.argv[3]))
    if tls:
        endpoint = endpoints.wrapClientTLS(client_options(), endpoint)
    endpoint.connect(protocol.Factory.forProtocol(made))


ROLES = {
    "server": lambda: serve(Echo, True),
    "server-starttls": lambda: serve(StartTlsServer, False),
    "client": lambda: connect(EchoClient, True),
    "client-starttls": lambda: connect(StartTlsClient, False),
}

reactor.callWhenRunning(ROLES[sys.argv[1]])
reactor.callLater(15, reactor.stop)
reactor.run()
