package bowline.reactor.loop;

import bowline.log.LogTurn;

/// What a loop has done so far. The loop's thread alone counts, by plain additions, and every thread may read:
/// each turn writes a volatile flag, so what is read is never older than the last turns.
final class Tally {
    final LogTurn turns;
    long callbacks;
    long calls;
    long timers;
    long accepted;
    long connected;
    long connectsFailed;
    long closed;
    long received;
    long sent;
    long datagramsReceived;
    long datagramsSent;
    long errors;

    Tally(int reactor) {
        turns = new LogTurn(reactor);
    }
}
