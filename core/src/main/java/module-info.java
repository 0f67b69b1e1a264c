/// The engine: reactor, transports, protocols, Deferreds, and the fakes to test with.
module bowline.core {
    requires static org.jspecify;
}
