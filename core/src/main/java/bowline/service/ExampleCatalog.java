package bowline.service;

import java.util.List;

/// Some programs to look at. Found by `ServiceLoader`, as a [ServiceMaker] is; its constructor must do nothing.
@FunctionalInterface
public interface ExampleCatalog {

    /// The programs, in the order in which they should be read.
    List<Example> examples();
}
