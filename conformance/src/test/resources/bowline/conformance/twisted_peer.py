"""Twisted as the other end: `twisted_peer.py ROLE [PORT]`.

A server prints `port N` and serves until its standard input ends. A client talks to PORT of the loopback, prints what
it got, and ends.
"""
import sys

from twisted.internet import endpoints, protocol, reactor, stdio
from twisted.protocols import basic, portforward

LINES = [b"plain", b"", b"with spaces and \xc3\xa4", b"x" * 16000, b"last"]
STRINGS = [b"hello", b"", b"comma, colon: and 7:digits,", bytes(range(256)), b"y" * 90000]
DATAGRAMS = [b"hello", b"", bytes(range(256)), b"z" * 8000]
ECHO_BYTES = 3000000


class EchoServer(protocol.Protocol):
    def dataReceived(self, data):
        self.transport.write(data)


class LineServer(basic.LineReceiver):
    def lineReceived(self, line):
        self.sendLine(line[::-1])


class NetstringServer(basic.NetstringReceiver):
    def stringReceived(self, string):
        self.sendString(string[::-1])


class Int32Server(basic.Int32StringReceiver):
    def stringReceived(self, string):
        self.sendString(string[::-1])


class AddressServer(protocol.Protocol):
    """Tells each client who it is, when it says anything."""

    def dataReceived(self, data):
        peer, host = self.transport.getPeer(), self.transport.getHost()
        said = "%s %d %s %d" % (peer.host, peer.port, host.host, host.port)
        self.transport.write(said.encode())
        self.transport.loseConnection()


class EchoClient(protocol.Protocol):
    def connectionMade(self):
        self.sent = bytes(i * 7 % 251 for i in range(ECHO_BYTES))
        self.got = []
        self.count = 0
        self.transport.write(self.sent)

    def dataReceived(self, data):
        self.got.append(data)
        self.count += len(data)
        if self.count >= ECHO_BYTES:
            print("same" if b"".join(self.got) == self.sent else "different")
            self.transport.loseConnection()

    def connectionLost(self, reason):
        reactor.stop()


class Asking:
    def connectionMade(self):
        self.left = list(self.questions)
        for question in self.questions:
            self.ask(question)

    def answered(self, answer):
        question = self.left.pop(0)
        print("same" if answer == question[::-1] else "different: %r" % answer[:60])
        if not self.left:
            self.transport.loseConnection()

    def connectionLost(self, reason):
        reactor.stop()


class LineClient(Asking, basic.LineReceiver):
    questions = LINES

    def ask(self, question):
        self.sendLine(question)

    lineReceived = Asking.answered


class NetstringClient(Asking, basic.NetstringReceiver):
    questions = STRINGS

    def ask(self, question):
        self.sendString(question)

    stringReceived = Asking.answered

    def connectionLost(self, reason=None):
        Asking.connectionLost(self, reason)


class Int32Client(Asking, basic.Int32StringReceiver):
    questions = STRINGS

    def ask(self, question):
        self.sendString(question)

    stringReceived = Asking.answered


class UdpEcho(protocol.DatagramProtocol):
    noisy = False

    def datagramReceived(self, datagram, address):
        self.transport.write(datagram, address)


class UdpAsking(protocol.DatagramProtocol):
    noisy = False

    def __init__(self, port):
        self.port = port
        self.left = list(DATAGRAMS)

    def startProtocol(self):
        self.ask()

    def ask(self):
        self.transport.write(self.left[0], ("127.0.0.1", self.port))

    def datagramReceived(self, datagram, address):
        print("same" if datagram == self.left.pop(0) else "different: %r" % datagram[:60])
        if self.left:
            self.ask()
        else:
            reactor.stop()


class UntilInputEnds(protocol.Protocol):
    def connectionLost(self, reason):
        if reactor.running:
            reactor.stop()


ROLES = {
    "echo-server": EchoServer,
    "line-server": LineServer,
    "netstring-server": NetstringServer,
    "int32-server": Int32Server,
    "haproxy-server": AddressServer,
    "echo-client": EchoClient,
    "line-client": LineClient,
    "netstring-client": NetstringClient,
    "int32-client": Int32Client,
}


def main(role, port=0):
    if role.startswith("udp-"):
        serve_or_ask_by_udp(role, int(port))
    else:
        serve_or_ask(role, port)
    reactor.run()


def serve_or_ask_by_udp(role, port):
    if role == "udp-echo-server":
        listening = reactor.listenUDP(0, UdpEcho(), interface="127.0.0.1")
        print("port %d" % listening.getHost().port, flush=True)
        stdio.StandardIO(UntilInputEnds())
    else:
        reactor.listenUDP(0, UdpAsking(port), interface="127.0.0.1", maxPacketSize=9000)


def serve(listening):
    print("port %d" % listening.getHost().port, flush=True)
    stdio.StandardIO(UntilInputEnds())


def serve_or_ask(role, port):
    if role == "forward-server":
        factory = portforward.ProxyFactory("127.0.0.1", int(port))
    else:
        factory = protocol.Factory.forProtocol(ROLES[role])
    factory.noisy = False
    if role.endswith("-server"):
        prefix = "haproxy:" if role == "haproxy-server" else ""
        serving = endpoints.serverFromString(reactor, prefix + "tcp:0:interface=127.0.0.1")
        serving.listen(factory).addCallback(serve)
    else:
        endpoint = endpoints.TCP4ClientEndpoint(reactor, "127.0.0.1", int(port))
        connecting = endpoint.connect(factory)
        connecting.addErrback(lambda failure: (print(failure.getErrorMessage()), reactor.stop()))


main(*sys.argv[1:])
