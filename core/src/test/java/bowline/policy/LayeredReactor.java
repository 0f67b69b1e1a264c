package bowline.policy;

import bowline.protocol.ClientFactory;
import bowline.protocol.Factory;
import bowline.protocol.Protocol;
import bowline.reactor.Reactor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Function;

/// A real reactor all of whose connections have a layer between transport and protocol, so that the contracts of
/// transports can be held against the layer.
public final class LayeredReactor {

    private LayeredReactor() {}

    static Reactor of(Function<Factory<Protocol>, Factory<?>> layer) {
        return of(layer, layer);
    }

    /// With different layers for connections that are accepted and those that are made.
    public static Reactor of(
            Function<Factory<Protocol>, Factory<?>> accepted, Function<Factory<Protocol>, Factory<?>> made) {
        Reactor real = Reactor.create("nio");
        return (Reactor) Proxy.newProxyInstance(
                LayeredReactor.class.getClassLoader(), new Class<?>[] {Reactor.class}, (proxy, method, arguments) -> {
                    if (arguments != null) {
                        for (int i = 0; i < arguments.length; i++) {
                            if (arguments[i] instanceof Factory<?> factory) {
                                arguments[i] =
                                        wrapped(factory, method.getName().startsWith("connect") ? made : accepted);
                            }
                        }
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    @SuppressWarnings("unchecked")
    private static Factory<?> wrapped(Factory<?> factory, Function<Factory<Protocol>, Factory<?>> layer) {
        Factory<?> layered = layer.apply((Factory<Protocol>) factory);
        return factory instanceof ClientFactory && !(layered instanceof ClientFactory) ? factory : layered;
    }
}
