package bowline.reactor;

import org.jspecify.annotations.Nullable;

/// A descriptor that wants to read (FDS-1).
public interface ReadDescriptor extends Descriptor {

    /// Reads what is there.
    ///
    /// @return null to go on, or why the descriptor is to be dropped (FDS-3)
    @Nullable
    Throwable doRead() throws Exception;
}
