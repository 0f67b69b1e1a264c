/// Properties checked with made-up values: sizes, numbers, texts, bytes, lists, and transcripts with faults in them.
///
/// Start at [Property]; values come from [Generators]. A generator asks [Choices] for numbers and knows nothing of
/// chance: what it was told is written down, so a failing case is made small by leaving out and lowering those numbers
/// ([CaseShrinker]), whatever was built of them.
///
///     seed ──▶ Choices ──▶ Generator ──▶ value ──▶ property
///                 ▲                                   │ fails
///                 └──── fewer and smaller numbers ◀───┘
///
/// May know: bytes, failure. Must not know: time, reactors, what is tested.
@NullMarked
package bowline.testing.generate;

import org.jspecify.annotations.NullMarked;
