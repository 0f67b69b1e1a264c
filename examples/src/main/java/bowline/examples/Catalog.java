package bowline.examples;

import bowline.service.Example;
import bowline.service.ExampleCatalog;
import java.util.List;

/// The list that `bowline example` shows, in the order in which the programs should be read.
public final class Catalog implements ExampleCatalog {

    /// For the service loader.
    public Catalog() {}

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("echo-server", "the smallest server", EchoServer::main),
                new Example("pseudo-loop", "the reactor's loop, written out in a page", PseudoLoop::main),
                new Example("timers", "three timers print the time, a fourth stops the reactor", Timers::main),
                new Example("stack", "who calls a callback", CallStack::main),
                new Example("exception", "an exception in a callback does not stop the loop", CallbackException::main),
                new Example("connection-test", "tells whether something listens on a port", ConnectionTest::main),
                new Example("command-server-1", "takes commands, logs them, limits its clients", CommandServer1::main),
                new Example("command-server-2", "runs tail for its clients", CommandServer2::main),
                new Example("command-server-3", "computes a hash in a thread", CommandServer3::main),
                new Example(
                        "login-server", "asks who is there, and lets members do more than guests", LoginServer::main),
                new Example("log-transcript", "a command server and its client in one log", LogTranscript::main),
                new Example("stdio-cat", "copies standard input to standard output", StdioCat::main),
                new Example("tls-check", "tells whether TLS is there, and tries it", TlsCheck::main),
                new Example("netcat", "sends lines to a server and prints what comes back", Netcat::main),
                new Example("through-proxy", "sends lines to a server through a SOCKS proxy", ThroughProxy::main),
                new Example("chat-server", "a chat for the users of one machine, at a UNIX socket", ChatServer::main),
                new Example("chat-client", "talks there by standard input and output", ChatClient::main),
                new Example("keep-running", "starts two programs, again when they die", KeepRunning::main),
                new Example("udp-echo", "the smallest UDP server", UdpEcho::main),
                new Example("udp-ask", "sends a datagram and prints the answer, or that nobody listens", UdpAsk::main),
                new Example("forwarder", "passes connections on, at a limited rate", Forwarder::main),
                new Example("poetry-server", "serves a poem, slowly", PoetryServer::main),
                new Example("poetry-blocking", "fetches poems one after the other", PoetryBlocking::main),
                new Example("poetry-select", "fetches poems at once, with a loop by hand", PoetrySelect::main),
                new Example(
                        "poetry-client-1", "fetches poems with a socket that the reactor watches", PoetryClient1::main),
                new Example("poetry-client-2", "fetches poems with a protocol and a factory", PoetryClient2::main),
                new Example("poetry-client-3", "fetches poems through a function with a callback", PoetryClient3::main),
                new Example("poetry-client-3.1", "the same, with an errback", PoetryClient31::main),
                new Example("poetry-deferred", "the same, with a Deferred", PoetryDeferred::main),
                new Example("poetry-await", "the same, in straight lines", PoetryAwait::main),
                new Example("poetry-gui", "fetches poems into a window", PoetryGui::main),
                new Example("failures", "makes, wraps, prints and raises Failures", FailureExamples::main),
                new Example("deferred-drills", "which side of which layer runs, and with what", DeferredDrills::main),
                new Example("get-page", "fetches a page and prints it", GetPage::main),
                new Example("get-page-lower-case", "the same, through two callbacks", GetPageLowerCase::main),
                new Example("get-page-error", "the same, of a page that is not there", GetPageError::main),
                new Example("logging-targets", "the places a log can go to", LoggingTargets::main),
                new Example("log-observers", "two ways to change what becomes of events", LogObservers::main),
                new Example("msg-err", "plain records and records of exceptions", MsgErr::main));
    }
}
