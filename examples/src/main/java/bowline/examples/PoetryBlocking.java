package bowline.examples;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Fetches poems one after the other with blocking sockets (seed P12): no reactor at all, on purpose. Compare its
/// time with that of any of the other poetry clients: here the waits add up.
///
///     ./bowline example poetry-blocking [HOST:]PORT ...
public final class PoetryBlocking {
    private static final int READ_BYTES = 1024;

    private PoetryBlocking() {}

    /// Prints each poem as it is complete, and the time it all took.
    public static void main(String... args) throws IOException {
        List<PoetryAddress> addresses = PoetryAddress.parse("poetry-blocking", args);
        long start = System.nanoTime();
        for (int i = 0; i < addresses.size(); i++) {
            PoetryAddress address = addresses.get(i);
            IO.println("Task " + (i + 1) + ": get poetry from: " + address);
            String poem = getPoetry(address);
            IO.println("Task " + (i + 1) + ": got " + poem.length() + " characters of poetry");
            IO.print(poem);
        }
        IO.println("Got " + addresses.size() + " poems in " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }

    private static String getPoetry(PoetryAddress address) throws IOException {
        try (var socket = new Socket(address.host(), address.port())) {
            InputStream in = socket.getInputStream();
            var poem = new java.io.ByteArrayOutputStream();
            byte[] piece = new byte[READ_BYTES];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                poem.write(piece, 0, length);
            }
            return poem.toString(StandardCharsets.UTF_8);
        }
    }
}
