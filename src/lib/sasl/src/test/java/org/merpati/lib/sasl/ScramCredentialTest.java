package org.merpati.lib.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScramCredentialTest {
    private static final byte[] SALT = {1, 2, 3, 4};

    @Test
    void whatIsWrittenReadsTheSame() {
        var credential = ScramCredential.derive(ScramHash.SHA_256, Password.of("pencil"), SALT, 4096);
        var again = ScramCredential.parse(credential.text());
        assertThat(again.text()).isEqualTo(credential.text()).startsWith("4096,AQIDBA,");
        assertThat(again.storedKey()).isEqualTo(credential.storedKey()).hasSize(32);
        assertThat(again.serverKey()).isEqualTo(credential.serverKey());
    }

    @Test
    void aPasswordTypedInAnotherFormGivesTheSameKeys() {
        var one = ScramCredential.derive(ScramHash.SHA_1, Password.of("I\u00ADX"), SALT, 4096);
        var other = ScramCredential.derive(ScramHash.SHA_1, Password.of("\u2168"), SALT, 4096);
        assertThat(one.text()).isEqualTo(other.text());
    }

    @Test
    void whatIsNoCredentialIsRefused() {
        for (var text : new String[] {"", "4096,AQ,AQ", "x,AQ,AQ,AQ", "4096,*,AQ,AQ", "0,AQ,AQ,AQ", "4096,AQ,AQ,AQI"}) {
            assertThatThrownBy(() -> ScramCredential.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void secretsDoNotPrint() {
        assertThat(Password.of("hush").toString()).doesNotContain("hush");
        assertThat(new Token("hush").toString()).doesNotContain("hush");
        assertThat(ScramCredential.derive(ScramHash.SHA_1, Password.of("hush"), SALT, 4096))
                .hasToString("ScramCredential[hidden]");
    }
}
