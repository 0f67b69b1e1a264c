package bowline.linux.file;

import bowline.reactor.Reactor;
import bowline.reactor.contract.FileWatchContract;

/// By inotify.
class EpollFileWatchTest extends FileWatchContract {

    @Override
    protected Reactor newReactor() {
        return Reactor.create("epoll");
    }
}
