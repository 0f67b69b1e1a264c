package bowline.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/// A server of `twisted_peer.py`, for as long as this is open.
final class TwistedPeer implements AutoCloseable {
    private final Process process;
    private final int port;

    private TwistedPeer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static TwistedPeer start(String role) throws Exception {
        return start(role, 0);
    }

    /// Starts a server that makes connections of its own, to `port`.
    static TwistedPeer start(String role, int port) throws Exception {
        String python = Foreign.python("twisted");
        String script = Foreign.script("twisted_peer.py").toString();
        Process process = new ProcessBuilder(python, script, role, String.valueOf(port))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        if (line == null || !line.startsWith("port ")) {
            process.destroy();
            throw new IOException("twisted_peer.py said \"" + line + "\" where its port was expected");
        }
        return new TwistedPeer(process, Integer.parseInt(line.substring("port ".length())));
    }

    /// Runs a client of `twisted_peer.py` against `port` and answers what it printed.
    static String client(String role, int port) throws Exception {
        Path script = Foreign.script("twisted_peer.py");
        Foreign.Result result = Foreign.run(Foreign.python("twisted"), script.toString(), role, String.valueOf(port));
        return result.text() + result.err();
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.destroy();
    }
}
