package bowline.device;

/// What the device at the other end of a serial line says by the lines beside the data.
///
/// @param clearToSend CTS: it takes what we send
/// @param dataSetReady DSR: it is there
/// @param ringing RI: somebody calls it
/// @param carrier DCD: it is connected to somebody
public record ModemLines(boolean clearToSend, boolean dataSetReady, boolean ringing, boolean carrier) {}
