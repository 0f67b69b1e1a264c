package bowline.bench.table;

/// What a server of a table does, as in `TCP, every byte sent back`.
public record Service(String does) {}
