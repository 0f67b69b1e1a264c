package bowline.examples;

import bowline.reactor.Reactor;
import bowline.web.client.Pages;
import java.util.Locale;

/// Fetches a page, makes it lower-case, prints it (seed P7): what the first callback answers is what the second gets.
///
///     ./bowline example get-page-lower-case [URI]
public final class GetPageLowerCase {

    private GetPageLowerCase() {}

    /// Prints the page in lower case and stops.
    public static void main(String... args) {
        String uri = args.length > 0 ? args[0] : "http://127.0.0.1:8080/";
        Reactor reactor = Reactor.create();
        reactor.callWhenRunning(() -> Pages.getPage(reactor, uri)
                .addCallback(contents -> contents.toLowerCase(Locale.ROOT))
                .onSuccess(IO::println)
                .onBoth(reactor::stop));
        reactor.run();
    }
}
