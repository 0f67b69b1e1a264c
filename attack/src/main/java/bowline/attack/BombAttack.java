package bowline.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// G4: little that unfolds to much.
final class BombAttack implements Attack {
    private static final int PEERS = 4;
    private static final long GROWTH_MAX_BYTES = 4 << 20;

    @Override
    public String rule() {
        return "G4";
    }

    @Override
    public String title() {
        return "little that unfolds to much";
    }

    @Override
    public List<Finding> run(Target target) throws Exception {
        Attempt attempt = target.attempt(this, "compressed zeros");
        Function<byte[], byte[]> compressed = target.transcript().compressed();
        if (compressed == null) {
            return List.of(attempt.not("the transcript has nothing that is compressed: give compressed(…); a decoder"
                    + " itself is tried by Attacks.decoder"));
        }
        int size = target.limits().bombBytes();
        byte[] bomb = zipped(size);
        LongSupplier retained = target.inside().retained();
        return List.of(attempt.says(PEERS + " bodies of " + bomb.length + " bytes, which unfold to " + size)
                .expects("others are served" + (retained == null ? "" : ", and less than 4 MiB is held for each"))
                .by(() -> send(target, compressed.apply(bomb), retained)));
    }

    private static String send(Target target, byte[] request, @Nullable LongSupplier retained) throws Exception {
        long before = retained == null ? 0 : retained.getAsLong();
        for (int i = 0; i < PEERS; i++) {
            Peer peer = target.connect();
            peer.say(request);
            peer.comesToBe(() -> peer.lost() || !peer.heard().isEmpty(), target.patience());
        }
        long growth = retained == null ? 0 : retained.getAsLong() - before;
        return growth <= PEERS * GROWTH_MAX_BYTES
                ? ""
                : "holds " + growth + " bytes more after " + PEERS + " bodies of " + request.length + " bytes";
    }

    /// So many zeros, compressed.
    static byte[] zipped(int size) throws IOException {
        var bytes = new ByteArrayOutputStream();
        byte[] zeros = new byte[1 << 16];
        try (var zip = new GZIPOutputStream(bytes)) {
            for (int left = size; left > 0; left -= zeros.length) {
                zip.write(zeros, 0, Math.min(left, zeros.length));
            }
        }
        return bytes.toByteArray();
    }
}
