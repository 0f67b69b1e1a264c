package bowline.cred.sasl;

/// What ties a SCRAM conversation to the TLS connection that carries it (RFC 5056): the protocol asks its TLS for it.
///
/// @param type `tls-exporter` (RFC 9266) or `tls-server-end-point` (RFC 5929)
/// @param data the connection's own bytes
@SuppressWarnings("ArrayRecordComponent") // compared only in constant time, never by equals
public record ChannelBinding(String type, byte[] data) {

    /// Refuses a type that could not stand in the message.
    public ChannelBinding {
        boolean good = !type.isEmpty()
                && type.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.');
        if (!good) {
            throw new IllegalArgumentException("channel binding type is not of the letters a-z, digits, - and .");
        }
    }

    @Override
    public String toString() {
        return "ChannelBinding[" + type + "]";
    }
}
