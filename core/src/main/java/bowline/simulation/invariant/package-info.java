/// What holds whatever the network does: reusable checks for tests of protocols in a simulation, and the bad networks
/// to try them on.
///
/// [Weather] makes a network good or bad as the seed decides. [ByteStreamCheck] watches one direction of a connection,
/// [AnswerCheck] questions and answers, [ConnectionLives] beginnings and ends, [ProducerCheck] what a producer hears of
/// its consumer, [DescriptorCheck] what a host has open meanwhile. A broken promise throws an [AssertionError]; one
/// that is thrown in a callback is logged by the reactor, and fails the run all the same.
///
///     Weather.over(world).rough();
///     var up = new ByteStreamCheck("client to server");
///     …  up.sent(bytes) … up.received(unread) … up.receiverEnded(reason)
///     world.check();
///     lives.check();
///
/// That no Deferred, timer, connection or descriptor is left behind is the part of
/// [bowline.simulation.Simulation#check].
///
/// May know: the simulation. Must not know: JUnit, any particular protocol.
@NullMarked
package bowline.simulation.invariant;

import org.jspecify.annotations.NullMarked;
