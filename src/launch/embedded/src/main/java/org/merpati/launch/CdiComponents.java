package org.merpati.launch;

import java.util.Set;
import java.util.function.Supplier;
import org.glassfish.jersey.internal.inject.Bindings;
import org.glassfish.jersey.internal.inject.CustomAnnotationLiteral;
import org.glassfish.jersey.internal.inject.InjectionManager;
import org.glassfish.jersey.server.spi.ComponentProvider;
import org.jspecify.annotations.Nullable;
import org.merpati.launch.runtime.EmbeddedRuntime;

/**
 * Gives Jersey the runtime's beans where it would make objects itself. Jersey's own CDI integration asks for <em>the</em>
 * CDI container of the JVM, and here there may be several. Made by Jersey through {@code META-INF/services}, on the thread
 * that starts the web application.
 */
public final class CdiComponents implements ComponentProvider {
    private static final ThreadLocal<@Nullable EmbeddedRuntime> STARTING = new ThreadLocal<>();

    private final @Nullable EmbeddedRuntime runtime = STARTING.get();
    private @Nullable InjectionManager injections;

    /** What starts a web application. */
    interface Start {
        void run() throws Exception;
    }

    /** Starts a web application whose components come from this runtime. */
    static void with(EmbeddedRuntime runtime, Start start) throws Exception {
        STARTING.set(runtime);
        try {
            start.run();
        } finally {
            STARTING.remove();
        }
    }

    @Override
    public void initialize(InjectionManager manager) {
        injections = manager;
    }

    @Override
    public boolean bind(Class<?> component, Set<Class<?>> contracts) {
        return runtime != null && injections != null && runtime.has(component) && bind(runtime, component, contracts);
    }

    private <T> boolean bind(EmbeddedRuntime beans, Class<T> component, Set<Class<?>> contracts) {
        Supplier<T> bean = () -> beans.get(component);
        var binding = Bindings.supplier(bean).to(component).qualifiedBy(CustomAnnotationLiteral.INSTANCE);
        for (var contract : contracts) {
            binding.to(contract.asSubclass(Object.class));
        }
        if (injections != null) {
            injections.register(binding);
        }
        return true;
    }

    @Override
    public void done() {
        // everything is bound as it comes
    }
}
