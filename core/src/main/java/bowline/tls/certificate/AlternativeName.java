package bowline.tls.certificate;

import bowline.bytes.Ascii;
import bowline.tls.certificate.der.DerWriter;
import bowline.tls.certificate.der.Tag;
import java.net.InetAddress;

/// One name in a certificate's subjectAltName (RFC 5280 §4.2.1.6).
public sealed interface AlternativeName {

    /// The name of a host, in ASCII; the whole leftmost label may be `*`.
    record Dns(String name) implements AlternativeName {}

    /// An address.
    record Address(InetAddress address) implements AlternativeName {}

    /// A mailbox, of a client as a rule.
    record Mailbox(String address) implements AlternativeName {}

    /// What people write: an address as digits, else the name of a host, which is made ASCII by IDNA; `*.` in front
    /// stands for any one label.
    ///
    /// @throws IllegalArgumentException if it is neither
    static AlternativeName of(String text) {
        boolean wildcard = text.startsWith("*.");
        ReferenceIdentity identity = ReferenceIdentity.of(wildcard ? text.substring(2) : text);
        return switch (identity) {
            case ReferenceIdentity.Address _
            when wildcard ->
                throw new IllegalArgumentException(Ascii.quote(text, 300) + ": an address has no wildcards");
            case ReferenceIdentity.Address(InetAddress address) -> new Address(address);
            case ReferenceIdentity.Dns(String name) -> new Dns(wildcard ? "*." + name : name);
        };
    }

    /// As it stands in the extension.
    ///
    /// @throws IllegalArgumentException if it has characters that are not ASCII (G3)
    default byte[] encoded() {
        return switch (this) {
            case Mailbox(String address) -> DerWriter.part(Tag.primitive(1), Ascii.bytes(address));
            case Dns(String name) -> DerWriter.part(Tag.primitive(2), Ascii.bytes(name));
            case Address(InetAddress address) -> DerWriter.part(Tag.primitive(7), address.getAddress());
        };
    }
}
