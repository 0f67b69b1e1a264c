package bowline.log;

/// Brings what is logged by the platform's `System.Logger` into our log (LGR-14). Not in force by itself:
/// a program that wants it names this class in its own
/// `META-INF/services/java.lang.System$LoggerFinder`; in a module it `provides` a finder of its own that
/// asks this one. The jar `bowline-slf4j` does so.
public final class PlatformLoggerFinder extends System.LoggerFinder {

    /// For the platform, which makes one.
    public PlatformLoggerFinder() {}

    /// The logger of that name, which publishes to the process's publisher under it.
    @Override
    public System.Logger getLogger(String name, Module module) {
        return new PlatformLogger(name, LogPublisher.global());
    }
}
