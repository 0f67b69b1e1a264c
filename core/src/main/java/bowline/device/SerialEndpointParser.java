package bowline.device;

import bowline.device.SerialSettings.FlowControl;
import bowline.device.SerialSettings.Parity;
import bowline.endpoint.ClientEndpoint;
import bowline.endpoint.ClientEndpointParser;
import bowline.endpoint.EndpointArguments;
import bowline.endpoint.EndpointString;
import bowline.reactor.Reactor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Reads `serial:device`, and by name `baud` (9600), `bits` (8), `parity` (none), `stop` (1) and `flow` (none,
/// hardware or software): a [SerialEndpoint].
///
///     serial:/dev/ttyUSB0:baud=115200:parity=even:flow=hardware
public final class SerialEndpointParser implements ClientEndpointParser {

    /// For `ServiceLoader`.
    public SerialEndpointParser() {}

    @Override
    public String type() {
        return "serial";
    }

    @Override
    public ClientEndpoint parse(EndpointString description, Reactor reactor) {
        var arguments = EndpointArguments.of(description, "device", "baud", "bits", "parity", "stop", "flow");
        String device = arguments.text("device");
        if (device.isEmpty()) {
            throw arguments.refusal("it has no device, as in serial:/dev/ttyUSB0");
        }
        SerialSettings usual = SerialSettings.DEFAULT;
        var settings = new SerialSettings(
                arguments.integer("baud", SerialSettings.BAUD_MIN, SerialSettings.BAUD_MAX, usual.baud()),
                arguments.integer("bits", SerialSettings.BITS_MIN, SerialSettings.BITS_MAX, usual.dataBits()),
                choice(arguments, "parity", Parity.class, usual.parity()),
                arguments.integer("stop", 1, SerialSettings.STOP_BITS_MAX, usual.stopBits()),
                choice(arguments, "flow", FlowControl.class, usual.flowControl()));
        return new SerialEndpoint(reactor, Path.of(device), settings);
    }

    private static <E extends Enum<E>> E choice(
            EndpointArguments arguments, String parameter, Class<E> kind, E fallback) {
        String word = arguments.text(parameter, fallback.name());
        for (E each : kind.getEnumConstants()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        String known = Arrays.stream(kind.getEnumConstants())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw arguments.refusal("its " + parameter + " \"" + word + "\" is none of " + known);
    }
}
