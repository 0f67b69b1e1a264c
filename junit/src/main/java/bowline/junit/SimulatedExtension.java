package bowline.junit;

import bowline.simulation.Determinism;
import bowline.simulation.ManySeeds;
import bowline.simulation.Simulation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// What [Simulated] does: calls the method once for each seed, in the place of the one call that JUnit would make.
public final class SimulatedExtension implements ParameterResolver, InvocationInterceptor {

    /// Made by JUnit.
    public SimulatedExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Simulation.class;
    }

    /// JUnit asks before the seeds are known; the world that the method is given is put in its place.
    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return null;
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context) {
        Simulated settings = call.getExecutable().getAnnotation(Simulated.class);
        if (settings == null) {
            throw new IllegalStateException(call.getExecutable() + " is not annotated with @Simulated itself");
        }
        invocation.skip();
        Method method = call.getExecutable();
        method.setAccessible(true);
        Object test = context.getRequiredTestInstance();
        Determinism.check(settings.deterministic());
        Determinism.checkPackages(settings.deterministicPackagesOf());
        ManySeeds.run(
                settings.firstSeed(), settings.seeds(), world -> invoke(method, test, call.getArguments(), world));
    }

    private static void invoke(Method method, Object test, List<Object> arguments, Simulation world) throws Throwable {
        Object[] inThisWorld = arguments.toArray();
        Class<?>[] types = method.getParameterTypes();
        for (int i = 0; i < types.length; i++) {
            if (types[i] == Simulation.class) {
                inThisWorld[i] = world;
            }
        }
        try {
            method.invoke(test, inThisWorld);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }
}
