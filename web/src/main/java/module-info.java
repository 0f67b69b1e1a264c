/// HTTP: messages, machines, server, client.
module bowline.web {
    requires transitive bowline.core;
    requires static transitive org.jspecify;

    exports bowline.web.client;
    exports bowline.web.file;
    exports bowline.web.http1;
    exports bowline.web.message;
    exports bowline.web.server;

    provides bowline.service.ServiceMaker with
            bowline.web.run.WebServiceMaker;
}
