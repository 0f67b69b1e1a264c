package bowline.run.certificate;

import bowline.service.Command;
import bowline.service.ServiceArguments;
import bowline.service.ServiceOption;
import bowline.service.UsageError;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.PrivateAuthority;
import java.io.PrintStream;
import java.util.List;

/// `bowline certificate client`: a client's key and certificate, signed by a private authority.
record ClientCommand(Making making) implements Command {

    @Override
    public String name() {
        return "client";
    }

    @Override
    public String summary() {
        return "Make a key and a certificate for a client, signed by an authority of your own";
    }

    @Override
    public String words() {
        return "NAME";
    }

    @Override
    public List<ServiceOption> options() {
        return List.of(
                Making.AUTHORITY_OPTION,
                Making.PASSPHRASE_OPTION,
                Making.KEY_OPTION,
                Making.days(CertificateMaker.VALIDITY),
                Making.OUT_OPTION,
                Making.FORCE_OPTION);
    }

    @Override
    public List<String> examples() {
        return List.of("bowline certificate client alice@example.com");
    }

    @Override
    public int run(ServiceArguments arguments, List<String> words, PrintStream out, PrintStream err) {
        String example = "bowline certificate client alice@example.com";
        String name = Making.first(words, "for which client?", example);
        if (words.size() > 1) {
            throw new UsageError("a client has one name, not " + words, example);
        }
        return Told.by(err, () -> {
            PrivateAuthority authority = making.authority(arguments);
            return making.write(arguments, Making.fileName(name), () -> authority.client(name), out, err);
        });
    }
}
