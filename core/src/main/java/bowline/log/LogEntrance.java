package bowline.log;

/// Marks a front end of another logging API that publishes to our log (LGR-14): a `System.Logger` of a
/// [PlatformLoggerFinder], say. An observer that shows events to such an API refuses one so marked, for
/// through it every event would come back.
public interface LogEntrance {}
