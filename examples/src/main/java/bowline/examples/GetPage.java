package bowline.examples;

import bowline.defer.Deferred;
import bowline.reactor.Reactor;
import bowline.web.client.Pages;

/// Fetches a page and prints it (seed P6). `getPage` returns at once, with a promise to call our callback when the
/// page is there. An error has nobody to handle it: it is reported, and the program waits for Ctrl-C.
///
///     ./bowline example get-page [URI]
public final class GetPage {

    private GetPage() {}

    /// Prints the page and stops.
    public static void main(String... args) {
        String uri = args.length > 0 ? args[0] : "http://127.0.0.1:8080/";
        Reactor reactor = Reactor.create();
        reactor.callWhenRunning(() -> {
            Deferred<String> page = Pages.getPage(reactor, uri);
            page.addCallback(contents -> printContents(reactor, contents));
        });
        reactor.run();
    }

    private static String printContents(Reactor reactor, String contents) {
        IO.println("The Deferred has called printContents with:");
        IO.println(contents);
        reactor.stop();
        return contents;
    }
}
