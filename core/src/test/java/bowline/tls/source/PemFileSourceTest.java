package bowline.tls.source;

import static bowline.tls.source.Makings.asking;
import static bowline.tls.source.Makings.writeChain;
import static bowline.tls.source.Makings.writeKey;
import static org.assertj.core.api.Assertions.assertThat;

import bowline.defer.Deferred;
import bowline.file.FileEvent;
import bowline.file.FileListener;
import bowline.testing.DeferredAssertions;
import bowline.testing.MemoryReactor;
import bowline.tls.certificate.TlsIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pair of files.
class PemFileSourceTest {
    @TempDir
    private Path folder;

    private final MemoryReactor reactor = new MemoryReactor();
    private final Makings makings = new Makings(reactor);
    private final List<FileListener> listeners = new ArrayList<>();
    private Path key;
    private Path chain;

    @BeforeEach
    void start() {
        reactor.start();
        key = folder.resolve("key.pem");
        chain = folder.resolve("chain.pem");
    }

    private Deferred<PemFileSource> open() {
        Deferred<PemFileSource> opening = PemFileSource.open(
                reactor, key, chain, FolderOptions.DEFAULT, new PemLoader(reactor::now), listener -> {
                    listeners.add(listener);
                    return () -> listeners.remove(listener);
                });
        reactor.advance(Duration.ZERO);
        return opening;
    }

    private static TlsIdentity answer(PemFileSource source, @Nullable String name) {
        return DeferredAssertions.successResultOf(source.identity(asking(name))).identity();
    }

    @Test
    void servesAllAndTakesWhatIsNewWhenBothFilesFit() throws Exception {
        TlsIdentity first = makings.server("a.example", "192.0.2.1");
        writeKey(key, first);
        writeChain(chain, first);
        PemFileSource source = DeferredAssertions.successResultOf(open());
        for (String name : new String[] {"a.example", "b.example", null}) {
            assertThat(answer(source, name).certificate()).isEqualTo(first.certificate());
        }

        TlsIdentity second = makings.server("a.example");
        writeChain(chain, second);
        listeners.getFirst().fileChanged(new FileEvent.Modified(chain));
        reactor.advance(Duration.ofSeconds(1));
        assertThat(answer(source, "a.example").certificate()).isEqualTo(first.certificate());
        assertThat(source.stats().broken()).isEqualTo(1);

        writeKey(key, second);
        listeners.getFirst().fileChanged(new FileEvent.Modified(key));
        reactor.advance(Duration.ofSeconds(1));
        assertThat(answer(source, "a.example").certificate()).isEqualTo(second.certificate());

        var server = DeferredAssertions.successResultOf(source.identity(asking(null)));
        assertThat(source.covers(server, "a.example")).isTrue();
        assertThat(source.covers(server, "b.example")).isFalse();
        source.close();
        assertThat(listeners).isEmpty();
    }

    @Test
    void whatCannotServeIsNotOpened() throws Exception {
        writeChain(chain, makings.server("a.example"));

        assertThat(DeferredAssertions.failureResultOf(open()).message())
                .isEqualTo("no certificate to serve with in " + chain + " and " + key + ": there is no " + key);
    }
}
