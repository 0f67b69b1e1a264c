package bowline.run.certificate;

import bowline.service.Command;
import bowline.service.ServiceArguments;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/// `bowline certificate`: what it can do is in the commands below it.
public final class CertificateCommand implements Command {
    private final List<Command> commands;

    /// For `ServiceLoader`.
    public CertificateCommand() {
        this(InstantSource.system());
    }

    /// @param times what time it is
    CertificateCommand(InstantSource times) {
        var making = new Making(SecureRandom::new, times);
        commands = List.of(
                new AuthorityCommand(making),
                new ServerCommand(making),
                new ClientCommand(making),
                new SelfSignedCommand(making),
                new ShowCommand(times));
    }

    @Override
    public String name() {
        return "certificate";
    }

    @Override
    public String summary() {
        return "Make certificates for TLS, or show a file's or a server's and what is wrong with it";
    }

    @Override
    public List<Command> commands() {
        return commands;
    }

    @Override
    public List<String> examples() {
        return List.of(
                "bowline certificate authority \"Our own\"          # authority.pem, to be trusted; authority.key, to be kept",
                "bowline certificate server www.example.com       # signed by it: www.example.com.pem and .key",
                "bowline certificate show www.example.com.pem --trust authority.pem",
                "bowline certificate show www.example.com:443");
    }

    @Override
    public int run(ServiceArguments arguments, List<String> words, PrintStream out, PrintStream err) {
        throw new IllegalStateException("one of the commands below it is run");
    }
}
