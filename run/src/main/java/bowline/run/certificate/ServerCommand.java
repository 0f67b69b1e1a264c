package bowline.run.certificate;

import bowline.service.Command;
import bowline.service.ServiceArguments;
import bowline.service.ServiceOption;
import bowline.tls.certificate.CertificateMaker;
import bowline.tls.certificate.PrivateAuthority;
import java.io.PrintStream;
import java.util.List;

/// `bowline certificate server`: a server's key and certificate, signed by a private authority.
record ServerCommand(Making making) implements Command {

    @Override
    public String name() {
        return "server";
    }

    @Override
    public String summary() {
        return "Make a key and a certificate for a server, signed by an authority of your own";
    }

    @Override
    public String words() {
        return "NAME...";
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
        return List.of(
                "bowline certificate server www.example.com example.com 192.0.2.1",
                "bowline certificate server '*.example.com' --authority ca/our-own --out /etc/certs/example");
    }

    @Override
    public int run(ServiceArguments arguments, List<String> words, PrintStream out, PrintStream err) {
        String first = Making.first(words, "for which server?", "bowline certificate server www.example.com");
        return Told.by(err, () -> {
            PrivateAuthority authority = making.authority(arguments);
            return making.write(
                    arguments, Making.fileName(first), () -> authority.server(words.toArray(String[]::new)), out, err);
        });
    }
}
