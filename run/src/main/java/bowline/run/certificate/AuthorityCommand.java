package bowline.run.certificate;

import bowline.service.Command;
import bowline.service.ServiceArguments;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import bowline.tls.certificate.CertificateMaker;
import java.io.PrintStream;
import java.util.List;

/// `bowline certificate authority`: makes a private authority.
record AuthorityCommand(Making making) implements Command {
    private static final String ONLY = "only";

    @Override
    public String name() {
        return "authority";
    }

    @Override
    public String summary() {
        return "Make an authority of your own, which signs what the others here make";
    }

    @Override
    public String words() {
        return "[NAME]";
    }

    @Override
    public List<ServiceOption> options() {
        return List.of(
                ServiceOption.value(
                                ONLY,
                                "DOMAIN",
                                "It can vouch for hosts in this domain only, so that nobody who trusts it need fear for"
                                        + " others")
                        .repeats(),
                Making.KEY_OPTION,
                Making.days(CertificateMaker.AUTHORITY_VALIDITY),
                Making.OUT_OPTION,
                Making.FORCE_OPTION);
    }

    @Override
    public List<String> examples() {
        return List.of(
                "bowline certificate authority \"Our own\"",
                "bowline certificate authority \"Our own\" --only example.com --out ca/our-own");
    }

    @Override
    public int run(ServiceArguments arguments, List<String> words, PrintStream out, PrintStream err) {
        if (words.size() > 1) {
            throw new UsageError("an authority has one name, not " + words, "put it in quotes: \"Our own\"");
        }
        String name = words.isEmpty() ? "Bowline private authority" : words.getFirst();
        return Told.by(
                err,
                () -> making.write(
                        arguments,
                        "authority",
                        () -> making.maker(arguments)
                                .authority(name, arguments.list(ONLY))
                                .identity(),
                        out,
                        err));
    }
}
