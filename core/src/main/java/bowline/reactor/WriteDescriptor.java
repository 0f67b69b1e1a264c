package bowline.reactor;

import org.jspecify.annotations.Nullable;

/// A descriptor that wants to write (FDS-1).
public interface WriteDescriptor extends Descriptor {

    /// Writes what can be written.
    ///
    /// @return null to go on, or why the descriptor is to be dropped (FDS-3)
    @Nullable
    Throwable doWrite() throws Exception;
}
