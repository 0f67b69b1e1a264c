package bowline.slf4j;

import bowline.log.PlatformLoggerFinder;

/// Brings what is logged by the platform's `System.Logger`, the JDK's own messages among it, into our log as
/// well. Where another jar has a finder too, the platform takes the first that it comes across.
public final class PlatformDoor extends System.LoggerFinder {
    private final System.LoggerFinder loggers = new PlatformLoggerFinder();

    /// For the platform, which makes one.
    public PlatformDoor() {}

    /// The logger of that name, which publishes to the process's publisher under it.
    @Override
    public System.Logger getLogger(String name, Module module) {
        return loggers.getLogger(name, module);
    }
}
