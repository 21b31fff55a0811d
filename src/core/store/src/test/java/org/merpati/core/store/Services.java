package org.merpati.core.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.merpati.core.api.door.Door;

/** Services as a test likes to call them: each method is one unit through the door. */
final class Services {
    private Services() {}

    static <S> S through(Door door, Class<S> service) {
        InvocationHandler units = (proxy, method, arguments) -> door.call(services -> {
                    try {
                        return method.invoke(services.get(service), arguments);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .orThrow();
        return service.cast(Proxy.newProxyInstance(service.getClassLoader(), new Class<?>[] {service}, units));
    }
}
