package bowline.run.certificate;

import bowline.service.Command;
import bowline.service.ServiceArguments;
import bowline.service.ServiceOption;
import bowline.tls.certificate.CertificateMaker;
import java.io.PrintStream;
import java.util.List;

/// `bowline certificate self-signed`: a server's key and certificate that nobody vouches for.
record SelfSignedCommand(Making making) implements Command {

    @Override
    public String name() {
        return "self-signed";
    }

    @Override
    public String summary() {
        return "Make a key and a certificate for a server that nobody vouches for: clients must know it beforehand";
    }

    @Override
    public String words() {
        return "NAME...";
    }

    @Override
    public List<ServiceOption> options() {
        return List.of(
                Making.KEY_OPTION, Making.days(CertificateMaker.VALIDITY), Making.OUT_OPTION, Making.FORCE_OPTION);
    }

    @Override
    public List<String> examples() {
        return List.of("bowline certificate self-signed localhost 127.0.0.1 ::1");
    }

    @Override
    public int run(ServiceArguments arguments, List<String> words, PrintStream out, PrintStream err) {
        String first =
                Making.first(words, "for which server?", "bowline certificate self-signed localhost 127.0.0.1 ::1");
        return Told.by(
                err,
                () -> making.write(
                        arguments,
                        Making.fileName(first),
                        () -> making.maker(arguments).selfSigned(words.toArray(String[]::new)),
                        out,
                        err));
    }
}
