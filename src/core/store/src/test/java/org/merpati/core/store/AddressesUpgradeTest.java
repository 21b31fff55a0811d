package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** A database from before there were addresses other than accounts' own. */
class AddressesUpgradeTest {
    private static final EmailAddress ANN = new EmailAddress("ann", "example.org");

    @TempDir
    Path folder;

    @Test
    void accountsThatAreThereKeepTheirAddresses() {
        var runtime = EmbeddedRuntime.builder().data(folder).start();
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(runtime.get(DataSource.class))
                .locations("classpath:db/migration")
                .table("schema_history")
                .target("3")
                .load()
                .migrate();
        House.sql(runtime, "insert into domain (id, name, created) values (5, 'example.org', 0)");
        House.sql(
                runtime,
                "insert into account (id, domain_id, address, name, created, modseq, uid_validity_next, argon2,"
                        + " scram_sha256, scram_sha1) values (7, 5, 'ann@example.org', '', 0, 1, 1, '', '', '')");

        try (var house = new House(runtime)) {
            assertThat(house.find(ANN)).isEqualTo(new Recipient.Local(new AccountId(7), ANN));
            assertThat(house.find(new EmailAddress("ann+x", "example.org")))
                    .isEqualTo(new Recipient.Local(
                            new EmailAddress("ann+x", "example.org"), Optional.of("x"), List.of(new AccountId(7))));
            assertThat(house.via(Addresses.class).addList(ANN, "")).contains(Addresses.Refusal.TAKEN);
            assertThat(house.via(Accounts.class).remove(ANN)).isEqualTo(Accounts.Removal.REMOVED);
            assertThat(house.find(ANN)).isInstanceOf(Recipient.Unknown.class);
        }
    }
}
