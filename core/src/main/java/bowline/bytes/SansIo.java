package bowline.bytes;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a package of pure thought: bytes and values in, bytes and values out. No socket, clock,
/// thread, file or `Deferred` may be named in it; the layout test reads the class files and checks.
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.CLASS)
public @interface SansIo {}
