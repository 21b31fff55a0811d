package org.merpati.core.jmap;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A service of which a fake has the methods that the tests need: those of the same name and parameters. */
final class Partial {
    private Partial() {}

    /** Calls of methods that the fake lacks throw {@link UnsupportedOperationException}. */
    static <S> S of(Class<S> service, Object fake) {
        if (service.isInstance(fake)) {
            return service.cast(fake);
        }
        var proxy = Proxy.newProxyInstance(
                service.getClassLoader(), new Class<?>[] {service}, (self, called, arguments) -> {
                    try {
                        var method = fake.getClass().getDeclaredMethod(called.getName(), called.getParameterTypes());
                        method.setAccessible(true);
                        return method.invoke(fake, arguments);
                    } catch (NoSuchMethodException e) {
                        throw new UnsupportedOperationException(fake.getClass() + " has no " + called, e);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return service.cast(proxy);
    }
}
