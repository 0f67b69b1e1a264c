package bowline.haproxy;

import bowline.endpoint.EndpointString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What stands behind `haproxy:` in a description, without our own arguments.
final class InnerDescription {
    private InnerDescription() {}

    static String of(EndpointString description, String... ours) {
        if (description.positional().isEmpty()) {
            throw new IllegalArgumentException("endpoint \"" + description.masked()
                    + "\" cannot be used: behind haproxy: comes another endpoint, as in haproxy:tcp:8080");
        }
        List<String> fields = description.positional();
        Map<String, String> named = new LinkedHashMap<>(description.named());
        for (String name : ours) {
            named.remove(name);
        }
        return new EndpointString(fields.getFirst(), fields.subList(1, fields.size()), named).toString();
    }
}
