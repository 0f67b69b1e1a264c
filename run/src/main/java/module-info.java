/// The command line: finds services and runs them.
module bowline.run {
    requires bowline.core;
    requires info.picocli;
    requires jdk.unsupported; // sun.misc.Signal, by reflection
    requires static transitive org.jspecify;

    uses bowline.service.Command;
    uses bowline.service.ExampleCatalog;
    uses bowline.service.ServiceMaker;

    provides bowline.service.Command with
            bowline.run.certificate.CertificateCommand;
    provides bowline.service.ServiceMaker with
            bowline.run.EchoMaker,
            bowline.run.InetdMaker,
            bowline.run.PortForwardMaker,
            bowline.run.ProcmonMaker,
            bowline.run.SocksMaker;
}
