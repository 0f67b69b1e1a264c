package bowline.junit;

import bowline.reactor.Reactor;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// What [OnReactor] does: the doors by which JUnit comes in. The work is done by [ReactorTrial].
public final class ReactorExtension
        implements BeforeEachCallback, AfterEachCallback, ParameterResolver, InvocationInterceptor {
    private static final Namespace NAMESPACE = Namespace.create(ReactorExtension.class);

    /// Made by JUnit.
    public ReactorExtension() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put(ReactorTrial.class, new ReactorTrial(settingsOf(context)));
    }

    private static OnReactor settingsOf(ExtensionContext context) {
        OnReactor ofMethod = context.getRequiredTestMethod().getAnnotation(OnReactor.class);
        if (ofMethod != null) {
            return ofMethod;
        }
        for (Class<?> type = context.getRequiredTestClass(); type != null; type = type.getEnclosingClass()) {
            OnReactor ofClass = type.getAnnotation(OnReactor.class);
            if (ofClass != null) {
                return ofClass;
            }
        }
        return Plain.class.getAnnotation(OnReactor.class);
    }

    /// Carries the settings of those who name the extension and not the annotation.
    @OnReactor
    private static final class Plain {}

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        ReactorTrial trial = context.getStore(NAMESPACE).remove(ReactorTrial.class, ReactorTrial.class);
        if (trial != null) {
            trial.end();
        }
    }

    // Parameters

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return (type == Reactor.class || type == Trial.class)
                && context.getStore(NAMESPACE).get(ReactorTrial.class) != null;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Trial trial = trialOf(context).trial();
        return parameter.getParameter().getType() == Trial.class ? trial : trial.reactor();
    }

    // Methods

    @Override
    public void interceptBeforeEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        trialOf(context).run(invocation, method.getExecutable());
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        trialOf(context).run(invocation, method.getExecutable());
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        interceptTestMethod(invocation, method, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        trialOf(context).run(invocation, method.getExecutable());
    }

    private static ReactorTrial trialOf(ExtensionContext context) {
        ReactorTrial trial = context.getStore(NAMESPACE).get(ReactorTrial.class, ReactorTrial.class);
        if (trial == null) {
            throw new IllegalStateException("the reactor of this test is not there: its start failed");
        }
        return trial;
    }
}
