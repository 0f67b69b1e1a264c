package bowline.bench.table;

import bowline.bench.server.Load;
import java.util.List;

/// A workload of the table.
///
/// @param name how the table calls it, and what `--rows` looks for
/// @param service which servers it needs
/// @param workload what `load.c` is told
record Row(String name, Service service, List<String> workload) {

    /// All there are, in the order of the table.
    static final List<Row> ALL = List.of(
            new Row("echo 64 B, 1 connection", Service.ECHO, List.of("echo", "1", "1", "64")),
            new Row("echo 64 B, 64 connections", Service.ECHO, List.of("echo", "64", "1", "64")),
            new Row("echo 64 B, 1000 connections", Service.ECHO, List.of("echo", "1000", "1", "64")),
            new Row("echo 64 B, 64 connections, 16 deep", Service.ECHO, List.of("echo", "64", "16", "64")),
            new Row("echo 16 KiB, 16 connections", Service.ECHO, List.of("echo", "16", "1", "16384")),
            new Row("churn: connect, echo, close", Service.ECHO, List.of("churn", "32", "64")),
            new Row("HTTP plaintext, 64 connections", Service.HTTP, List.of("http", "64", "1")),
            new Row("HTTP plaintext, 64 connections, 16 deep", Service.HTTP, List.of("http", "64", "16")),
            new Row("UDP 64 B, 1 socket", Service.UDP, List.of("udp", "1", "1", "64")),
            new Row("UDP 64 B, 64 sockets", Service.UDP, List.of("udp", "64", "1", "64")),
            new Row("UDP 64 B, 1 socket, 32 deep", Service.UDP, List.of("udp", "1", "32", "64")),
            new Row("UDP 1200 B, 64 sockets", Service.UDP, List.of("udp", "64", "1", "1200")));

    Load load() {
        return Load.of(workload.toArray(String[]::new));
    }
}
