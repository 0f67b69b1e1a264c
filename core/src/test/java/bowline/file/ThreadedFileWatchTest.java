package bowline.file;

import bowline.reactor.Reactor;
import bowline.reactor.contract.FileWatchContract;

/// By the JDK's `WatchService`.
class ThreadedFileWatchTest extends FileWatchContract {

    @Override
    protected Reactor newReactor() {
        return Reactor.create("nio");
    }

    @Override
    protected boolean tellsAll() {
        return false;
    }
}
