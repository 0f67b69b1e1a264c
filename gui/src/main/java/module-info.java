/// Reactors on the event threads of GUI toolkits.
module bowline.gui {
    requires java.desktop;
    requires transitive bowline.core;
    requires static javafx.graphics; // only for the reactor that is named so
    requires static transitive org.jspecify;

    exports bowline.gui;

    provides bowline.reactor.ReactorProvider with
            bowline.gui.SwingProvider,
            bowline.gui.JavaFxProvider;
}
