package bowline.tls;

import bowline.tls.engine.TlsEngine;
import bowline.tls.engine.TlsFault;
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How a layer comes by the engine of its connection.
sealed interface Opening permits ClientOpening, ServerOpening {

    /// The engine; null while it is not known which. A client's is there at once; a server's when the peer has
    /// said whom it asks for, and that is found.
    ///
    /// @param unread what has come so far, of which nothing is taken
    /// @param layer whose connection it is; told when the engine can be had after all
    /// @throws TlsFault if there will be none
    @Nullable
    TlsEngine engine(ByteBuffer unread, TlsLayer<?> layer) throws TlsFault;

    /// Whether the engine is being chosen, for which no more of the peer's bytes are needed.
    boolean isChoosing();

    /// Tells which hosts may be asked for in the connection, when the handshake is through.
    Predicate<String> admission();

    /// Nobody needs an engine any more.
    void cancel();

    /// Whether the connection was accepted, not made.
    boolean isServer();
}
