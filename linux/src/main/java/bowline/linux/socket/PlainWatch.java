package bowline.linux.socket;

import bowline.failure.Failure;
import bowline.linux.system.Errno;
import bowline.log.LogContext;
import bowline.log.Logger;
import bowline.reactor.Reactor;
import bowline.reactor.loop.Watch;
import java.io.IOException;
import java.util.function.UnaryOperator;

/// One plain descriptor that the program brought (section 16).
///
/// What is polled is a copy, under a number that is ours: the program's may be closed and become another's at any time,
/// and the kernel goes on telling of it while there are other copies.
final class PlainWatch extends Watch implements DescriptorHandler {
    private static final Logger log = Logger.of(Reactor.class);
    private static final int F_GETFD = 1;

    private final DescriptorReactor reactor;
    private final int fileno;
    private final int copy;
    private int watched;
    private boolean open = true;
    private boolean forgotten;

    /// @param enter puts a context in force, and answers the former one
    PlainWatch(DescriptorReactor reactor, int fileno, UnaryOperator<LogContext> enter) throws IOException {
        super(enter);
        this.reactor = reactor;
        this.fileno = fileno;
        copy = reactor.sockets().duplicate(fileno);
        reactor.poller().own(copy, this);
        reactor.poller().hasCopies(copy);
    }

    @Override
    protected void update() {
        int wanted = (reader() == null ? 0 : Poller.IN) | (writer() == null ? 0 : Poller.OUT);
        if (forgotten || wanted == watched) {
            return;
        }
        try {
            reactor.poller().watch(copy, watched, wanted);
            watched = wanted;
        } catch (IOException full) {
            log.failure("descriptor {fileno} cannot be watched", Failure.of(full), fileno);
            open = false;
        }
    }

    /// A failure or a hang-up is found by reading or by writing (FDS-5).
    @Override
    public void ready(int events) {
        ready(Poller.mayRead(events), Poller.mayWrite(events));
    }

    /// Sees whether the program has closed it meanwhile.
    void look() {
        open = open && !Errno.EBADF.is(reactor.system().fcntl(fileno, F_GETFD, 0));
    }

    /// The program closes it.
    void closing() {
        open = false;
    }

    @Override
    protected boolean isOpen() {
        return open;
    }

    boolean isForgotten() {
        return forgotten;
    }

    @Override
    protected void forget() {
        if (!forgotten) {
            forgotten = true;
            reactor.close(copy);
        }
    }
}
