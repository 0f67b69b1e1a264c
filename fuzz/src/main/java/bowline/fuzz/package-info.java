/// Fuzz targets: whatever bytes a peer sends, our parsers keep their promises.
///
/// Start at [Target]; [Targets] names them all, and [Fuzz] is what a fuzzer calls. Most targets are a machine that
/// [Conversation] feeds whole, a byte at a time and cut as the input says.
///
///     fuzzer ── bytes ──▶ Fuzz ──▶ Target ──▶ Conversation ──▶ Machine
///                                                │ differs, keeps too much, throws what it must not: BrokenRule
///
/// Not published. May know: every parser. Must not know: sockets, clocks.
@NullMarked
package bowline.fuzz;

import org.jspecify.annotations.NullMarked;
