package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;

/** Copies between accounts (RFC 8620 §5.4, RFC 8621 §4.7), as far as who has one account can ask for them. */
final class CopyRules extends Rules {
    private static final String CREATE = "'create':{'a':{'id':'x','mailboxIds':{'y':true}}}";

    CopyRules(Jmap jmap) {
        super(jmap);
    }

    @Rule("RFC 8620 §5.4")
    void fromAnAccountToItselfIsInvalid() {
        assertThat(error("Email/copy", "'fromAccountId':?," + CREATE, jmap.account()))
                .isEqualTo("invalidArguments");
    }

    @Rule("RFC 8620 §5.4")
    void fromAnAccountThatIsNotThereIsSaidSo() {
        assertThat(error("Email/copy", "'fromAccountId':'nobody'," + CREATE)).isEqualTo("fromAccountNotFound");
    }

    @Rule("RFC 8620 §5.4")
    void intoAnAccountThatIsNotThereIsSaidSo() {
        assertThat(error("Email/copy", "'accountId':'nobody','fromAccountId':?," + CREATE, jmap.account()))
                .isEqualTo("accountNotFound");
    }

    @Rule("RFC 8620 §6.3")
    void blobsAreCopiedFromAccountsThatAreThere() {
        assertThat(error("Blob/copy", "'fromAccountId':'nobody','blobIds':['x']"))
                .isEqualTo("fromAccountNotFound");
    }
}
