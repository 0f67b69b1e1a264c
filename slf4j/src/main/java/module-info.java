/// What libraries log by SLF4J 2, or by the platform's `System.Logger`, comes into our log.
module bowline.slf4j {
    requires bowline.core;
    requires org.slf4j;
    requires static transitive org.jspecify;

    provides java.lang.System.LoggerFinder with
            bowline.slf4j.PlatformDoor;
    provides org.slf4j.spi.SLF4JServiceProvider with
            bowline.slf4j.BowlineServiceProvider;
}
