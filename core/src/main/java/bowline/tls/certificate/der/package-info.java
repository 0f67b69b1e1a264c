/// DER as certificates and keys are written in it (X.690 §10): a strict reader, a small writer.
///
/// Start at [DerReader]; [DerWriter] is its other direction. [Oid] has the names of things.
///
///     bytes ── DerReader ──▶ values, or NotDer: where, what
///     bytes ◀── DerWriter ── values
///
/// Nothing is read that has two spellings: lengths and numbers stand in their shortest form, everything has an end. How
/// deep a structure goes the caller decides, who asks for each part by its type.
///
/// May know: nothing but the JDK. Must not know: what the parts mean.
@SansIo
@NullMarked
package bowline.tls.certificate.der;

import bowline.bytes.SansIo;
import org.jspecify.annotations.NullMarked;
