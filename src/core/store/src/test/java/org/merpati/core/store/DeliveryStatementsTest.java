package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.store.Deliveries.Delivery;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** What a delivery sends to the database: each execute is a round trip where the database is elsewhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveryStatementsTest {
    private StoreUnderTest store;

    @BeforeAll
    void start() {
        store = new StoreUnderTest(EmbeddedRuntime.builder()
                .database(CountedDriver.counted("jdbc:h2:mem:statements"), "sa", "")
                .acceptVolatile(true)
                .start());
    }

    @AfterAll
    void stop() {
        store.close();
    }

    @Test
    void aDeliveryToOneRecipientTakesAtMostNineStatements() {
        var ann = store.account();
        deliver(store.message("x", "warm@x", List.of()), ann); // takes ids from the sequences
        assertThat(deliver(store.message("x", "a@x", List.of()), ann)).hasSize(9);
        assertThat(deliver(store.message("Re: x", "b@x", List.of("0@x", "a@x")), ann))
                .hasSize(9);
        assertThat(deliver(store.message("no ids", "", List.of()), ann)).hasSize(7);
    }

    @Test
    void eachFurtherRecipientTakesOneStatement() {
        var accounts = Stream.generate(store::account).limit(5).toArray(AccountId[]::new);
        deliver(store.message("x", "warm@x", List.of()), accounts);
        assertThat(deliver(store.message("Re: x", "b@x", List.of("a@x")), accounts))
                .hasSize(8 + accounts.length);
    }

    @Test
    void theStatementsOfADeliveryAreTheSameTextEachTime() {
        var ann = store.account();
        deliver(store.message("x", "a@x", List.of()), ann);
        var first = deliver(store.message("y", "b@x", List.of()), ann);
        assertThat(deliver(store.message("z", "c@x", List.of()), ann)).isEqualTo(first);
    }

    /** Else H2 reads all keys of the account for each delivery. */
    @Test
    void threadsAreLookedUpByTheirWholeKey() throws SQLException {
        var ann = store.account();
        var lookUp = deliver(store.message("x", "a@x", List.of("b@x")), ann).stream()
                .filter(sql -> sql.startsWith("select") && sql.contains("thread_key"))
                .findFirst()
                .orElseThrow();
        try (var connection = store.runtime.get(DataSource.class).getConnection();
                var explain = connection.prepareStatement("explain " + lookUp)) {
            for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
                explain.setLong(i, i);
            }
            try (var rows = explain.executeQuery()) {
                rows.next();
                assertThat(rows.getString(1)).contains("PRIMARY_KEY").containsPattern("PRIMARY_KEY[^/]*ROW");
            }
        }
    }

    private List<String> deliver(NewMessage message, AccountId... recipients) {
        var delivery = new Delivery(UUID.randomUUID(), message, List.of(recipients), StoreUnderTest.RECEIVED);
        return CountedDriver.during(
                () -> store.unit(services -> services.get(Deliveries.class).deliver(delivery)));
    }
}
