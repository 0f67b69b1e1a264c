/// Reactors on what Linux alone has, through `java.lang.foreign`.
module bowline.linux {
    requires transitive bowline.core;
    requires static transitive org.jspecify;

    provides bowline.reactor.ReactorProvider with
            bowline.linux.epoll.EpollProvider,
            bowline.linux.uring.UringProvider;
}
