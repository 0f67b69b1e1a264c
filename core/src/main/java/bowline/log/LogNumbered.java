package bowline.log;

/// A connection as the log sees it: one of its reactor's, by number.
public interface LogNumbered extends LogPrefixed {

    /// Which of its reactor's connections it is, from 1; 0 while it is none yet.
    long connectionNumber();
}
