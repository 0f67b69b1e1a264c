package bowline.tls;

import java.util.List;

/// A factory that knows which application protocols its connections can speak (TLS-7). It is asked when TLS is put in
/// front of it, unless the options name protocols themselves.
public interface ApplicationProtocols {

    /// Their names for ALPN (RFC 7301), the preferred one first, as in `h2`, `http/1.1`.
    List<String> acceptableProtocols();
}
