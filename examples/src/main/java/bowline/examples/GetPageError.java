package bowline.examples;

import bowline.failure.Failure;
import bowline.reactor.Reactor;
import bowline.web.client.Pages;

/// Asks for a page that is not there (seed P8): the error passes by the callback and is handled by the errback.
///
///     ./bowline example get-page-error [URI]
public final class GetPageError {

    private GetPageError() {}

    /// Prints the error, or the page if there is one after all, and stops.
    public static void main(String... args) {
        String uri = args.length > 0 ? args[0] : "http://127.0.0.1:8080/does-not-exist";
        Reactor reactor = Reactor.create();
        reactor.callWhenRunning(() -> Pages.getPage(reactor, uri)
                .onSuccess(IO::println)
                .addErrback(GetPageError::printError)
                .onBoth(reactor::stop));
        reactor.run();
    }

    private static String printError(Failure error) {
        IO.println("An error has occurred: <" + error.message() + ">");
        return "";
    }
}
