/// `bowline certificate`: makes authorities and what they vouch for, and shows what there is.
///
/// Start at [CertificateCommand]; each word behind it is a command of its own. [OutputFiles] writes, [ChainReport]
/// tells.
///
/// May know: tls.certificate, service. Must not know: how command lines are read.
@NullMarked
package bowline.run.certificate;

import org.jspecify.annotations.NullMarked;
