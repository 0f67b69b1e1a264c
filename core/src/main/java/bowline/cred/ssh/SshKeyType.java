package bowline.cred.ssh;

import bowline.cred.CheckerParser;
import bowline.cred.CredentialsChecker;
import bowline.cred.SlowWork;
import java.nio.file.Files;
import java.nio.file.Path;

/// `--auth sshkey:FOLDER` (CRD-9).
public final class SshKeyType implements CheckerParser {

    /// For `ServiceLoader`.
    public SshKeyType() {}

    @Override
    public String type() {
        return "sshkey";
    }

    @Override
    public String argumentName() {
        return "FOLDER";
    }

    @Override
    public String summary() {
        return "Users by their SSH keys, one file of public keys for each in a folder";
    }

    @Override
    public String help() {
        return "FOLDER/alice has the keys of alice, a line each, as ~/.ssh/authorized_keys. Lines with options are left\n"
                + "out. Only for protocols that authenticate by keys.";
    }

    @Override
    public CredentialsChecker parse(String argument, SlowWork work) {
        Path folder = Path.of(argument);
        if (argument.isEmpty() || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("it wants a folder with a file of keys for each user");
        }
        return new SshKeyChecker(folder, work);
    }
}
