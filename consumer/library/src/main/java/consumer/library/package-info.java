/// A library of a user's: one round trip over a real socket, with nothing of Bowline's but its core.
///
/// Start at [RoundTrip]. The build tests it twice, on the module path and on the class path.
package consumer.library;
