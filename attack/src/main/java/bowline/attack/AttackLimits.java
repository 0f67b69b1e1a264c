package bowline.attack;

import java.time.Duration;

/// How hard it is attacked, and what a service may take.
///
/// @param unitMaxBytes a unit longer than this must have been refused (G1)
/// @param unitTime a unit must be whole by then, or its connection ended (G6)
/// @param idleTime a peer that says nothing must be gone by then (G6)
/// @param patience for a good answer
/// @param connections of one source at once; some must be refused (G9)
/// @param unreadMaxBytes most bytes of requests taken from a peer that reads no answer (G6)
public record AttackLimits(
        int unitMaxBytes,
        Duration unitTime,
        Duration idleTime,
        Duration patience,
        int connections,
        int unreadMaxBytes) {

    /// 1 MiB, 1 minute, 10 minutes, 5 s, 1 200 connections, 16 MiB.
    public static final AttackLimits USUAL = new AttackLimits(
            1 << 20, Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofSeconds(5), 1_200, 16 << 20);
}
