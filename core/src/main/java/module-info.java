/// The engine: reactor, transports, protocols, Deferreds, and the fakes to test with.
@SuppressWarnings("module") // bowline.linux, which comes later, is named
module bowline.core {
    requires static java.logging; // only for JulHandler
    requires static jdk.jfr; // only while somebody records
    requires static jdk.unsupported; // sun.misc.Signal, by reflection; without it signals end the JVM
    requires static transitive org.jspecify;

    exports bowline.bytes;
    exports bowline.capture;
    exports bowline.cred;
    exports bowline.cred.digest;
    exports bowline.cred.hash;
    exports bowline.cred.sasl;
    exports bowline.cred.ssh;
    exports bowline.defer;
    exports bowline.device;
    exports bowline.endpoint;
    exports bowline.failure;
    exports bowline.file;
    exports bowline.flow;
    exports bowline.forward;
    exports bowline.framing;
    exports bowline.handover;
    exports bowline.haproxy;
    exports bowline.haproxy.message;
    exports bowline.log;
    exports bowline.log.daemon;
    exports bowline.machine;
    exports bowline.policy;
    exports bowline.process;
    exports bowline.protocol;
    exports bowline.reactor;
    exports bowline.reactor.inspect;
    exports bowline.reactor.loop to
            bowline.linux;
    exports bowline.reactor.nio to
            bowline.linux;
    exports bowline.reactor.threads;
    exports bowline.reactor.watch;
    exports bowline.service;
    exports bowline.simulation;
    exports bowline.simulation.child;
    exports bowline.simulation.fate;
    exports bowline.simulation.invariant;
    exports bowline.simulation.net;
    exports bowline.simulation.trace;
    exports bowline.socks;
    exports bowline.socks.message;
    exports bowline.supervise;
    exports bowline.systemd;
    exports bowline.task;
    exports bowline.testing;
    exports bowline.testing.generate;
    exports bowline.time;
    exports bowline.tls;
    exports bowline.tls.certificate;
    exports bowline.tls.engine;
    exports bowline.tls.hello;
    exports bowline.tls.source;

    uses bowline.cred.CheckerParser;
    uses bowline.endpoint.ClientEndpointParser;
    uses bowline.endpoint.ServerEndpointParser;
    uses bowline.reactor.ReactorProvider;
    uses bowline.tls.engine.TlsProvider;

    provides bowline.cred.CheckerParser with
            bowline.cred.ssh.SshKeyType;
    provides bowline.endpoint.ClientEndpointParser with
            bowline.device.SerialEndpointParser,
            bowline.haproxy.ProxyClientParser,
            bowline.socks.HttpConnectEndpointParser,
            bowline.socks.Socks4EndpointParser,
            bowline.socks.Socks5EndpointParser,
            bowline.tls.endpoint.SslClientParser,
            bowline.tls.endpoint.TlsClientParser;
    provides bowline.endpoint.ServerEndpointParser with
            bowline.haproxy.ProxyServerParser,
            bowline.process.StandardIoParser,
            bowline.systemd.SystemdParser,
            bowline.tls.endpoint.SslServerParser,
            bowline.tls.endpoint.TlsServerParser;
    provides bowline.reactor.ReactorProvider with
            bowline.reactor.nio.NioProvider;
    provides bowline.tls.engine.TlsProvider with
            bowline.tls.jsse.JsseProvider;
}
