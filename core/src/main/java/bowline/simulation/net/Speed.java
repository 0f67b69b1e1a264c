package bowline.simulation.net;

import bowline.simulation.fate.Fate;
import bowline.simulation.fate.FaultKind;

/// How fast a host's programs read or write a stream, in bytes a second; the seed draws it for each.
///
/// @param least the slowest
/// @param most the fastest
record Speed(long least, long most) {
    static final Speed UNLIMITED = new Speed(Long.MAX_VALUE, Long.MAX_VALUE);

    Speed {
        if (least < 1 || most < least) {
            throw new IllegalArgumentException(
                    "from " + least + " to " + most + " bytes a second; 0 < least ≤ most is wanted");
        }
    }

    /// The speed of one stream in one direction.
    Throttle throttle(Agenda agenda, Fate fate, String where) {
        return new Throttle(agenda, fate.draws(FaultKind.PACE, where).betweenBackwards(least, most));
    }
}
