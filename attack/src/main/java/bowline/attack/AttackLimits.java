package bowline.attack;

import java.time.Duration;

/// How hard it is attacked, and what a service may take.
///
/// @param unitMaxBytes a unit longer than this must have been refused (G1)
/// @param itemsMax a unit of more items than this must have been refused (G2)
/// @param bombBytes what a small compressed body unfolds to (G4)
/// @param unitTime a unit must be whole by then, or its connection ended (G6)
/// @param idleTime a peer that says nothing must be gone by then (G6)
/// @param patience for a good answer
/// @param connections of one source at once; some must be refused (G9)
/// @param unreadMaxBytes most bytes of requests taken from a peer that reads no answer (G6)
/// @param samples how many tokens are drawn, and how often a log-in is timed (G11, G12)
public record AttackLimits(
        int unitMaxBytes,
        int itemsMax,
        int bombBytes,
        Duration unitTime,
        Duration idleTime,
        Duration patience,
        int connections,
        int unreadMaxBytes,
        int samples) {

    /// 1 MiB, 20 000 items, 64 MiB, 1 minute, 10 minutes, 5 s, 1 200 connections, 16 MiB, 100 samples.
    public static final AttackLimits USUAL = new AttackLimits(
            1 << 20,
            20_000,
            64 << 20,
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            1_200,
            16 << 20,
            100);

    /// The same with other times for a whole unit, and for a peer that says nothing.
    public AttackLimits times(Duration unit, Duration idle) {
        return new AttackLimits(
                unitMaxBytes, itemsMax, bombBytes, unit, idle, patience, connections, unreadMaxBytes, samples);
    }

    /// The same with another number of connections.
    public AttackLimits connections(int number) {
        return new AttackLimits(
                unitMaxBytes, itemsMax, bombBytes, unitTime, idleTime, patience, number, unreadMaxBytes, samples);
    }

    /// The same with another patience.
    public AttackLimits patience(Duration time) {
        return new AttackLimits(
                unitMaxBytes, itemsMax, bombBytes, unitTime, idleTime, time, connections, unreadMaxBytes, samples);
    }
}
