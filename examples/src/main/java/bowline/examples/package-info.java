/// One file, one program, one idea. Every program runs by itself (`bowline example NAME`), and a test runs it and
/// checks what a person would see.
///
/// Start at [EchoServer]. The programs of the seed documents bear their numbers (P1 to P27) in their first line.
@NullMarked
package bowline.examples;

import org.jspecify.annotations.NullMarked;
