/// The conversations that prove a password without sending it: SCRAM and CRAM-MD5, both ends, as text in and text out.
///
/// Start at [ScramServer] and [ScramClient], each three calls in a row; CRAM-MD5 is [CramMd5]. What goes over the wire,
/// in base64 mostly, and how long a peer may take, is the business of the protocol around them.
///
///     client                                 server
///     first()          n,,n=user,r=…  ─▶     begin(first)
///     answer(…)     ◀─ r=…,s=…,i=4096        challenge(secret)
///                      c=…,r=…,p=…    ─▶     finish(final): has the client proven it?
///     verify(…)     ◀─ v=…                   verification()
///
/// May know: bytes, machine, cred.hash. Must not know: files, threads, Deferred, who the users are.
@SansIo
@NullMarked
package bowline.cred.sasl;

import bowline.bytes.SansIo;
import org.jspecify.annotations.NullMarked;
