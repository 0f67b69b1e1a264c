package bowline.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bowline.tls.engine.TlsEnd;
import bowline.tls.engine.TlsPair;
import bowline.tls.engine.TlsVersion;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// What is held outside of the heap, and who frees it.
@Isolated
class LifetimeTest {
    /// What malloc(3) has given out in the whole process, by mallinfo2(3); empty where the C library has none.
    @SuppressWarnings("restricted")
    private static OptionalLong allocatedBytes() throws Throwable {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> mallinfo = linker.defaultLookup().find("mallinfo2");
        if (mallinfo.isEmpty()) {
            return OptionalLong.empty();
        }
        var tenNumbers = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG));
        try (Arena arena = Arena.ofConfined()) {
            var numbers = (MemorySegment) linker.downcallHandle(mallinfo.get(), FunctionDescriptor.of(tenNumbers))
                    .invoke((SegmentAllocator) arena);
            int mapped = 4;
            int used = 7;
            return OptionalLong.of(numbers.getAtIndex(ValueLayout.JAVA_LONG, mapped)
                    + numbers.getAtIndex(ValueLayout.JAVA_LONG, used));
        }
    }

    /// Neither a handshake that was begun nor one that was done leaves anything behind: 250 bytes an engine
    /// would show in every round. The JVM's own memory, for its compilers above all, comes and goes, so not
    /// every round is quiet.
    @Test
    void thousandsOfEnginesLeaveNothing() throws Throwable {
        int engines = 4_000;
        int quietBytes = 1_000_000;
        Setup setup = new Setup();
        setup.resumption = true;
        useAndClose(setup, engines);
        long living = Connection.LIVING.get();
        long leastGrowth = Long.MAX_VALUE;
        for (int round = 0; round < 8 && leastGrowth >= quietBytes; round++) {
            long before = allocatedBytes().orElse(0);
            useAndClose(setup, engines);
            leastGrowth = Math.min(leastGrowth, allocatedBytes().orElse(0) - before);
        }

        assertThat(Connection.LIVING.get()).isLessThanOrEqualTo(living); // the collector frees those of others
        assertThat(leastGrowth).as("bytes that were not freed").isLessThan(quietBytes);
    }

    /// That many engines at a time are many as well.
    @Test
    void tenThousandEnginesAtATimeAreFreed() throws Exception {
        Setup setup = new Setup();
        long living = Connection.LIVING.get();
        var all = new ArrayList<OpensslEngine>();
        for (int i = 0; i < 10_000; i++) {
            all.add(i % 2 == 0 ? setup.clientEngine() : setup.serverEngine());
        }
        assertThat(Connection.LIVING.get()).isGreaterThanOrEqualTo(all.size());
        all.forEach(OpensslEngine::close);

        assertThat(Connection.LIVING.get()).isLessThanOrEqualTo(living);
    }

    /// One in ten shakes hands, the others are left behind after their hello.
    private static void useAndClose(Setup setup, int engines) throws Exception {
        for (int i = 0; i < engines; i += 2) {
            TlsPair pair = setup.pair();
            if (i % 20 == 0) {
                pair.shakeHands();
            } else {
                pair.client.go();
                pair.server.arrive(pair.client.sent.getFirst(), 0, 100);
                pair.server.go();
            }
            pair.client.engine.close();
            pair.server.engine.close();
        }
    }

    @Test
    void forgottenEnginesAndContextsAreFreed() throws Exception {
        long living = Connection.LIVING.get();
        forget();
        // The only thing to wait for is the collector, which must be asked.
        for (int i = 0; i < 200 && Connection.LIVING.get() > living; i++) {
            System.gc();
            Thread.onSpinWait();
        }

        assertThat(Connection.LIVING.get()).isLessThanOrEqualTo(living);
    }

    private static void forget() throws Exception {
        for (int i = 0; i < 50; i++) {
            new Setup().pair().shakeHands();
        }
    }

    @Test
    void enginesOutliveTheirContext() throws Exception {
        Setup setup = new Setup();
        setup.resumption = true;
        setup.offered = List.of("h2");
        setup.spoken = List.of("h2");
        TlsPair begun = setup.pair();
        begun.client.go();
        setup.client().close();
        setup.client().close();
        setup.server().close();
        begun.shakeHands();
        begun.client.write("still here");
        begun.settle();

        assertThat(begun.server.text()).isEqualTo("still here");
        assertThat(begun.client.engine.session().applicationProtocol()).isEqualTo("h2");
        assertThatThrownBy(setup::clientEngine).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(setup::serverEngine).isInstanceOf(IllegalStateException.class);
        begun.client.engine.close();
        begun.server.engine.close();
    }

    @Test
    void closingWaitsForWork() throws Exception {
        var inWork = new CountDownLatch(1);
        var mayGoOn = new CountDownLatch(1);
        Setup setup = Setup.with(TlsVersion.TLS_1_3);
        setup.keyLog = _ -> {
            inWork.countDown();
            await(mayGoOn);
        };
        var server = new TlsEnd(setup.serverEngine());
        var client = new TlsEnd(new Setup().clientEngine());
        client.go();
        server.arrive(client.sent.getFirst());
        var room = java.nio.ByteBuffer.allocate(20_000);
        server.engine.decipher(java.nio.ByteBuffer.wrap(client.sent.getFirst()), room);
        Runnable work = server.engine.work();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> done = thread.submit(work);
            inWork.await();
            server.engine.close();
            assertThat(server.engine.need()).isNotNull();
            mayGoOn.countDown();
            done.get();
        }
        assertThatThrownBy(() -> server.engine.encipher(room, room)).hasMessageContaining("closed");
        client.engine.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void workThatComesAfterClosingIsNotDone() throws Exception {
        Setup setup = new Setup();
        var client = new TlsEnd(setup.clientEngine());
        client.go();
        var server = setup.serverEngine();
        server.decipher(java.nio.ByteBuffer.wrap(client.sent.getFirst()), java.nio.ByteBuffer.allocate(20_000));
        Runnable work = server.work();
        server.close();
        work.run();

        assertThat(server.handshakeDone()).isFalse();
    }

    /// Steps run on other threads than records, several connections of one context at a time.
    @Test
    void threadsMayChange() throws Exception {
        Setup setup = new Setup();
        setup.resumption = true;
        setup.client();
        setup.server();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            var all = new ArrayList<Future<String>>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> talkOnManyThreads(setup)));
            }
            for (Future<String> one : all) {
                assertThat(one.get()).isEqualTo("hello".repeat(25));
            }
        }
    }

    private static String talkOnManyThreads(Setup setup) throws Exception {
        var text = new StringBuilder();
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < 25; i++) {
                TlsPair pair = setup.pair();
                other.submit(() -> pair.client.go()).get();
                pair.shakeHands();
                other.submit(() -> pair.client.write("hello")).get();
                other.submit(pair::settle).get();
                text.append(pair.server.text());
                pair.client.engine.close();
                other.submit(pair.server.engine::close).get();
            }
        }
        return text.toString();
    }

    @Test
    void aConnectionAtRestHasNoQueues() throws Exception {
        TlsPair pair = new Setup().pair().shakeHands();

        assertThat(Setup.engine(pair.client).isAtRest()).isTrue();
        assertThat(Setup.engine(pair.server).isAtRest()).isTrue();
    }
}
