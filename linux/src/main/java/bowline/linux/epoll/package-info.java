/// The reactor on epoll, level-triggered.
///
/// Start at [EpollReactor]; the waiting is in [Epoll]. [EpollProvider] offers it under the name `epoll`.
///
/// May know: reactor, linux.reactor, linux.socket, linux.system. Must not know: other backends, endpoints, services.
@NullMarked
package bowline.linux.epoll;

import org.jspecify.annotations.NullMarked;
