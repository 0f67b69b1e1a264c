package bowline.process;

/// What a descriptor of the child is connected to (PRC-5).
public sealed interface ChildDescriptor {

    /// A pipe between the child and us.
    enum Pipe implements ChildDescriptor {
        /// We write, the child reads: `w`.
        WRITTEN,
        /// The child writes, we read: `r`.
        READ
    }

    /// One of our own descriptors, given to the child.
    record Inherited(int descriptor) implements ChildDescriptor {}
}
