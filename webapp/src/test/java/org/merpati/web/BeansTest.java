package org.merpati.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.weld.environment.se.Weld;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.Platform;
import org.merpati.core.api.directory.OperatorToken;
import org.merpati.core.api.door.Door;
import org.merpati.web.admin.Refusals;
import org.merpati.web.base.Access;
import org.merpati.web.base.Server;
import org.merpati.web.health.HealthResource;

/** The same classes as CDI beans, which is what they are in every home. */
class BeansTest {
    /** What core/store and the embedded home bring. */
    @Dependent
    public static class Producers {
        @Produces
        @Singleton
        public Door door() {
            return new FakeServer();
        }

        @Produces
        public Platform platform() {
            throw new IllegalStateException("the server is not started");
        }

        @Produces
        public OperatorToken token() {
            return new OperatorToken(FakeServer.TOKEN);
        }
    }

    @Test
    void everythingIsABeanAndLiveBeforeTheServerHasStarted() {
        var weld = new Weld()
                .disableDiscovery()
                .addBeanClasses(Producers.class, Server.class, Access.class, Refusals.class);
        new MerpatiApplication().getClasses().forEach(weld::addBeanClass);
        try (var container = weld.initialize()) {
            new MerpatiApplication()
                    .getClasses()
                    .forEach(type -> assertThat(container.select(type).isResolvable())
                            .as(type.getSimpleName())
                            .isTrue());
            assertThat(container.select(HealthResource.class).get().live().getStatus())
                    .isEqualTo(200);
            var server = container.select(Server.class).get();
            assertThat(server.operatorToken()).isPresent();
            assertThat(server.listeners()).isEmpty();
            assertThat(container.select(Door.class).get()).isNotNull();
            assertThatThrownBy(server::config).hasMessageContaining("not started");
        }
    }
}
