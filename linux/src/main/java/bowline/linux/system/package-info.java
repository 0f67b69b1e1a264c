/// The Linux kernel as Java sees it: system calls, raw memory, addresses and error numbers, through
/// `java.lang.foreign`.
///
/// Start at [SystemCalls]. Everything goes through the one function `syscall` of the C library, which glibc and musl
/// both have: so one downcall is linked in place of forty, and only the [Machine]'s numbers differ.
///
///     SystemCalls ── number of ──▶ Machine          x86-64 or aarch64
///         │ answers a count, or -errno ─▶ Errno      its name, its text, its Java exception
///         └ reads and writes at an address ─▶ Memory, SocketAddressCodec
///
/// May know: addresses of protocol and reactor.loop. Must not know: reactors.
@NullMarked
package bowline.linux.system;

import org.jspecify.annotations.NullMarked;
