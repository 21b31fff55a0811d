package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.directory.SignIn;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Addresses.Kind;
import org.merpati.core.store.Addresses.Refusal;
import org.merpati.core.store.directory.PasswordHash;
import org.merpati.core.store.directory.Passwords;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** What every database must do for addresses. A subclass says which. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AddressesContract {
    private static final PasswordHash HASH = new PasswordHash("$x", "y", "z");

    private House house;
    private Addresses addresses;
    private Accounts accounts;
    private Domains domains;
    private AccountId ann;
    private AccountId bob;

    /** A runtime over an empty database of the kind under test. */
    abstract EmbeddedRuntime open();

    @BeforeEach
    void start() {
        if (house == null) { // one database for all tests: a runtime's start costs more than they do
            house = new House(open());
        }
        house.sql("delete from list_member");
        house.sql("update domain set catch_all = null");
        for (var table : List.of("address", "mailbox", "account", "domain")) {
            house.sql("delete from " + table);
        }
        addresses = house.via(Addresses.class);
        accounts = house.via(Accounts.class);
        domains = house.via(Domains.class);
        domains.add("example.org");
        domains.add("example.com");
        ann = account("ann@example.org");
        bob = account("bob@example.com");
    }

    @AfterAll
    void stop() {
        if (house != null) {
            house.close();
        }
    }

    @Test
    void anAccountsOwnAddressIsFoundInAnyCase() {
        assertThat(find("ann@example.org")).isEqualTo(new Recipient.Local(ann, address("ann@example.org")));
        assertThat(find("ANN@Example.ORG")).isEqualTo(new Recipient.Local(ann, address("ann@example.org")));
        assertThat(find("ann@example.com")).isInstanceOf(Recipient.Unknown.class);
        assertThat(find("ann@elsewhere.example")).isInstanceOf(Recipient.Elsewhere.class);
    }

    @Test
    void mailForAPostmasterNobodyMadeGoesToTheDomainsFirstAccount() {
        account("zoe@example.org");
        assertThat(find("Postmaster@example.org"))
                .isEqualTo(new Recipient.Local(ann, address("postmaster@example.org")));
        assertThat(find("postmaster@example.com"))
                .isEqualTo(new Recipient.Local(bob, address("postmaster@example.com")));
        domains.add("empty.example");
        assertThat(find("postmaster@empty.example")).isInstanceOf(Recipient.Unknown.class);
        assertThat(find("postmaster@elsewhere.example")).isInstanceOf(Recipient.Elsewhere.class);

        domains.setCatchAll("example.org", Optional.of(address("bob@example.com")));
        assertThat(find("postmaster@example.org"))
                .as("a catch-all is for addresses that there need not be")
                .isEqualTo(new Recipient.Local(ann, address("postmaster@example.org")));
        addresses.addAlias(address("postmaster@example.org"), address("bob@example.com"));
        assertThat(find("postmaster@example.org"))
                .isEqualTo(new Recipient.Local(bob, address("postmaster@example.org")));
    }

    @Test
    void thePostmasterOfTheSettingsComesBeforeTheFirstAccount() {
        house.settings(Map.of("postmaster.address", "Bob@example.com", "hostname", "mx.example.org"));
        try {
            domains.add("empty.example");
            for (var domain : List.of("example.org", "empty.example", "mx.example.org")) {
                assertThat(find("postmaster@" + domain))
                        .isEqualTo(new Recipient.Local(bob, address("postmaster@" + domain)));
            }
            assertThat(find("ann@mx.example.org")).isInstanceOf(Recipient.Elsewhere.class);
            house.settings(Map.of("postmaster.address", "gone@example.com", "hostname", "mx.example.org"));
            assertThat(find("postmaster@example.org"))
                    .as("what is set and is not there is no reason to refuse")
                    .isEqualTo(new Recipient.Local(ann, address("postmaster@example.org")));
            assertThat(find("postmaster@mx.example.org"))
                    .as("the domain that the host is in")
                    .isEqualTo(new Recipient.Local(ann, address("postmaster@mx.example.org")));
            house.settings(Map.of("hostname", "mail.elsewhere.example"));
            assertThat(find("postmaster@mail.elsewhere.example")).isInstanceOf(Recipient.Local.class);
        } finally {
            house.settings(Map.of());
        }
    }

    @Test
    void whatAnAccountMaySendAsIsItsOwn() {
        addresses.addAlias(address("sales@example.com"), address("ann@example.org"));
        addresses.addList(address("team@example.org"), "");
        addresses.addMember(address("team@example.org"), address("ann@example.org"));
        domains.setCatchAll("example.org", Optional.of(address("ann@example.org")));

        for (var own : List.of("Ann@example.org", "sales@example.com", "ann+x@example.org", "sales+a+b@example.com")) {
            assertThat(addresses.owner(address(own))).as(own).contains(ann);
        }
        for (var other : List.of(
                "team@example.org",
                "team+x@example.org",
                "anybody@example.org",
                "postmaster@example.org",
                "+x@example.org",
                "ann@elsewhere.example")) {
            assertThat(addresses.owner(address(other))).as(other).isEmpty();
        }
        assertThat(addresses.owner(address("bob@example.com"))).contains(bob);
        domains.setSubaddressing("example.org", false);
        assertThat(addresses.owner(address("ann+x@example.org"))).isEmpty();
    }

    @Test
    void addressesBeyondAsciiAreAddressesToo() {
        domains.add(EmailAddress.domainKey("münchen.example").orElseThrow());
        var zoe = account("Zoë@münchen.example");
        addresses.addAlias(address("用户@example.org"), address("zoë@xn--mnchen-3ya.example"));

        assertThat(find("ZOE\u0308@MÜNCHEN.example"))
                .isEqualTo(new Recipient.Local(zoe, address("zoë@xn--mnchen-3ya.example")));
        assertThat(find("用户+x@example.org"))
                .isEqualTo(new Recipient.Local(address("用户+x@example.org"), Optional.of("x"), List.of(zoe)));
        assertThat(accounts.find(address("zoë@münchen.example"))
                        .orElseThrow()
                        .address()
                        .shown())
                .isEqualTo("zoë@münchen.example");
    }

    @Test
    void anAliasLeadsToItsAccountAlsoInAnotherDomain() {
        assertThat(addresses.addAlias(address("Sales@example.org"), address("Bob@example.com")))
                .isEmpty();
        assertThat(find("sales@example.org")).isEqualTo(new Recipient.Local(bob, address("sales@example.org")));

        var alias = addresses.alias(address("sales@EXAMPLE.org")).orElseThrow();
        assertThat(alias.account()).isEqualTo(address("bob@example.com"));
        assertThat(addresses.aliases("", "", "", 10)).containsExactly(alias);
        assertThat(addresses.aliases("example.com", "", "", 10)).isEmpty();
        assertThat(addresses.aliases("example.org", "bob@example.com", "", 10)).containsExactly(alias);
        assertThat(addresses.aliases("", "ann@example.org", "", 10)).isEmpty();
        assertThat(addresses.removeAlias(address("sales@example.org"))).isEmpty();
        assertThat(find("sales@example.org")).isInstanceOf(Recipient.Unknown.class);
    }

    @Test
    void anAddressIsOneThingOnly() {
        addresses.addAlias(address("a@example.org"), address("ann@example.org"));
        addresses.addList(address("l@example.org"), "");
        for (var taken : List.of("ann@example.org", "A@example.org", "l@Example.org")) {
            assertThat(addresses.addAlias(address(taken), address("bob@example.com")))
                    .contains(Refusal.TAKEN);
            assertThat(addresses.addList(address(taken), "")).contains(Refusal.TAKEN);
            assertThat(accounts.add(address(taken), "", HASH)).isInstanceOf(Accounts.Addition.Taken.class);
        }
    }

    @Test
    void whatAnAliasCantStandForIsRefused() {
        assertThat(addresses.addAlias(address("x@nowhere.example"), address("ann@example.org")))
                .contains(Refusal.NO_SUCH_DOMAIN);
        assertThat(addresses.addAlias(address("x@example.org"), address("nobody@example.org")))
                .contains(Refusal.NO_SUCH_ACCOUNT);
        addresses.addAlias(address("a@example.org"), address("ann@example.org"));
        assertThat(addresses.addAlias(address("b@example.org"), address("a@example.org")))
                .as("an alias of an alias")
                .contains(Refusal.NO_SUCH_ACCOUNT);
        assertThat(addresses.removeAlias(address("ann@example.org")))
                .as("an account is removed otherwise")
                .contains(Refusal.NOT_FOUND);
        assertThat(addresses.removeList(address("a@example.org"))).contains(Refusal.NOT_FOUND);
        assertThat(find("ann@example.org")).isInstanceOf(Recipient.Local.class);
    }

    @Test
    void aliasesAndListsArePaged() {
        for (int i = 0; i < 5; i++) {
            addresses.addAlias(address("a" + i + "@example.org"), address("ann@example.org"));
            addresses.addList(address("l" + i + "@example.org"), "L" + i);
            addresses.addMember(address("l0@example.org"), address("a" + i + "@example.org"));
        }
        assertThat(addresses.aliases("", "ann@example.org", "a1@example.org", 2))
                .extracting(alias -> alias.address().localPart())
                .containsExactly("a2", "a3");
        assertThat(addresses.lists("example.org", "l3@example.org", 2))
                .extracting(Addresses.MailList::name)
                .containsExactly("L4");
        assertThat(addresses.members(address("l0@example.org"), "a2@example.org", 10))
                .extracting(member -> member.address().localPart())
                .containsExactly("a3", "a4");
    }

    @ParameterizedTest
    @CsvSource({
        "ann+tag@example.org, tag",
        "ann+@example.org, ''",
        "ann+a+b@example.org, a+b",
        "Ann+Tag@example.org, tag",
        "a+tag@example.org, tag"
    })
    void aSubaddressIsItsBaseWithADetail(String subaddress, String detail) {
        addresses.addAlias(address("a@example.org"), address("ann@example.org"));
        assertThat(find(subaddress))
                .isEqualTo(new Recipient.Local(address(subaddress), Optional.of(detail), List.of(ann)));
    }

    @Test
    void subaddressingIsPerDomainAndGivesWayToRealAddresses() {
        assertThat(domains.setSubaddressing("example.org", false)).isTrue();
        assertThat(domains.setSubaddressing("none.example", false)).isFalse();
        assertThat(domains.find("example.org").orElseThrow().subaddressing()).isFalse();
        assertThat(find("ann+x@example.org")).isInstanceOf(Recipient.Unknown.class);
        assertThat(find("bob+x@example.com")).isInstanceOf(Recipient.Local.class);
        assertThat(find("+x@example.com")).as("no base").isInstanceOf(Recipient.Unknown.class);
        assertThat(find("nobody+x@example.com")).isInstanceOf(Recipient.Unknown.class);

        addresses.addAlias(address("bob+vip@example.com"), address("ann@example.org"));
        assertThat(find("bob+vip@example.com")).isEqualTo(new Recipient.Local(ann, address("bob+vip@example.com")));
    }

    @Test
    void aCatchAllTakesWhatNobodyElseDoes() {
        assertThat(domains.setCatchAll("example.org", Optional.of(address("bob@example.com"))))
                .isEqualTo(Domains.CatchAll.SET);
        assertThat(domains.find("example.org").orElseThrow().catchAll()).contains(address("bob@example.com"));
        assertThat(find("ann@example.org")).isEqualTo(new Recipient.Local(ann, address("ann@example.org")));
        assertThat(find("ann+x@example.org"))
                .isInstanceOfSatisfying(
                        Recipient.Local.class,
                        local -> assertThat(local.accounts()).containsExactly(ann));
        assertThat(find("anything+x@example.org"))
                .isEqualTo(new Recipient.Local(bob, address("anything+x@example.org")));
        assertThat(find("anything@example.com")).isInstanceOf(Recipient.Unknown.class);

        assertThat(domains.setCatchAll("example.org", Optional.of(address("x@elsewhere.example"))))
                .isEqualTo(Domains.CatchAll.NO_SUCH_ADDRESS);
        assertThat(domains.setCatchAll("none.example", Optional.empty())).isEqualTo(Domains.CatchAll.NO_SUCH_DOMAIN);
        assertThat(domains.setCatchAll("none.example", Optional.of(address("x@elsewhere.example"))))
                .isEqualTo(Domains.CatchAll.NO_SUCH_DOMAIN);
        assertThat(domains.setCatchAll("example.org", Optional.empty())).isEqualTo(Domains.CatchAll.SET);
        assertThat(domains.list("", 10)).extracting(Domains.Domain::catchAll).containsOnly(Optional.empty());
        assertThat(find("anything@example.org")).isInstanceOf(Recipient.Unknown.class);
    }

    @Test
    void aListLeadsToEachAccountOnceThroughListsInIt() {
        var cleo = account("cleo@example.org");
        addresses.addAlias(address("a@example.org"), address("ann@example.org"));
        list("inner@example.com", "bob@example.com", "a@example.org", "cleo@example.org");
        list("outer@example.org", "ann@example.org", "inner@example.com", "cleo@example.org");

        assertThat(found("outer@example.org")).containsExactlyInAnyOrder(ann, bob, cleo);
        assertThat(found("outer+detail@example.org")).hasSize(3);
        assertThat(addresses.members(address("outer@example.org"), "", 10))
                .containsExactly(
                        new Addresses.Member(address("ann@example.org"), Kind.ACCOUNT),
                        new Addresses.Member(address("cleo@example.org"), Kind.ACCOUNT),
                        new Addresses.Member(address("inner@example.com"), Kind.LIST));
        assertThat(addresses.list(address("outer@example.org")).orElseThrow().members())
                .isEqualTo(3);
        assertThat(addresses.removeMember(address("inner@example.com"), address("cleo@example.org")))
                .isEmpty();
        assertThat(addresses.removeMember(address("outer@example.org"), address("cleo@example.org")))
                .isEmpty();
        assertThat(addresses.removeMember(address("outer@example.org"), address("cleo@example.org")))
                .contains(Refusal.NOT_FOUND);
        assertThat(found("outer@example.org")).containsExactlyInAnyOrder(ann, bob);
    }

    @Test
    void aListOfNobodyIsNobody() {
        list("empty@example.org");
        list("nested@example.org", "empty@example.org");
        domains.setCatchAll("example.org", Optional.of(address("ann@example.org")));
        assertThat(find("empty@example.org")).isInstanceOf(Recipient.Unknown.class);
        assertThat(find("nested@example.org")).isInstanceOf(Recipient.Unknown.class);
    }

    @Test
    void membersThatCantBeAreRefused() {
        list("l@example.org", "ann@example.org");
        var list = address("l@example.org");
        assertThat(addresses.addMember(list, address("x@elsewhere.example"))).contains(Refusal.ELSEWHERE);
        assertThat(addresses.addMember(list, address("x@example.org"))).contains(Refusal.NO_SUCH_ADDRESS);
        assertThat(addresses.addMember(list, address("ANN@example.org"))).contains(Refusal.MEMBER_ALREADY);
        assertThat(addresses.addMember(address("ann@example.org"), address("bob@example.com")))
                .contains(Refusal.NOT_FOUND);
        assertThat(addresses.addMember(list, list)).contains(Refusal.LOOP);
    }

    @Test
    void listsInListsAreNoLoopAndNoTower() {
        IntStream.rangeClosed(1, 11).forEach(i -> list("l" + i + "@example.org", "ann@example.org"));
        IntStream.range(1, 10)
                .forEach(i -> assertThat(addresses.addMember(
                                address("l" + (i + 1) + "@example.org"), address("l" + i + "@example.org")))
                        .as("level " + (i + 1))
                        .isEmpty());
        assertThat(addresses.addMember(address("l11@example.org"), address("l10@example.org")))
                .contains(Refusal.TOO_DEEP);
        assertThat(addresses.addMember(address("l1@example.org"), address("l11@example.org")))
                .contains(Refusal.TOO_DEEP);
        assertThat(addresses.addMember(address("l1@example.org"), address("l10@example.org")))
                .contains(Refusal.LOOP);
        assertThat(addresses.addMember(address("l11@example.org"), address("l9@example.org")))
                .isEmpty();
        assertThat(found("l10@example.org")).containsExactly(ann);
    }

    @Test
    void aLoopThatTwoMadeAtOnceComesToAnEnd() {
        list("a@example.org", "ann@example.org");
        list("b@example.org", "bob@example.com", "a@example.org");
        house.sql("insert into list_member (list, member) values ('a@example.org', 'b@example.org')");

        assertThat(found("a@example.org")).containsExactlyInAnyOrder(ann, bob);
        assertThat(addresses.addMember(address("b@example.org"), address("ann@example.org")))
                .isEmpty();
        list("c@example.org");
        assertThat(addresses.addMember(address("c@example.org"), address("a@example.org")))
                .contains(Refusal.TOO_DEEP);
    }

    @Test
    void moreAccountsThanAMessageMayGoToAreTooMany() {
        house.sql("insert into account (id, domain_id, address, name, created, modseq, uid_validity_next, argon2,"
                + " scram_sha256, scram_sha1)"
                + House.rows(10_001, "-n, (select min(id) from domain), 'u' || n, '', 0, 1, 1, '', '', ''"));
        house.sql("insert into address (address, domain_id, kind, account_id, name, created)"
                + House.rows(10_001, "'u' || n || '@example.org', (select min(id) from domain), 'account', -n, '', 0"));
        list("all@example.org");
        house.sql("insert into list_member (list, member)"
                + House.rows(10_000, "'all@example.org', 'u' || n || '@example.org'"));

        assertThat(found("all@example.org")).hasSize(10_000);
        assertThat(addresses.addMember(address("all@example.org"), address("ann@example.org")))
                .contains(Refusal.TOO_MANY_MEMBERS);
        list("more@example.org", "all@example.org", "ann@example.org");
        assertThat(find("more@example.org")).isInstanceOf(Recipient.TooMany.class);
    }

    @Test
    void anAccountTakesItsAliasesAndMembershipsWithIt() {
        addresses.addAlias(address("a@example.com"), address("ann@example.org"));
        list("l@example.org", "ann@example.org", "a@example.com", "bob@example.com");

        assertThat(accounts.remove(address("ann@example.org"))).isEqualTo(Accounts.Removal.REMOVED);
        assertThat(find("ann@example.org")).isInstanceOf(Recipient.Unknown.class);
        assertThat(find("a@example.com")).isInstanceOf(Recipient.Unknown.class);
        assertThat(found("l@example.org")).containsExactly(bob);
        assertThat(account("ann@example.org")).as("the address is free").isNotEqualTo(ann);
    }

    @Test
    void aCatchAllIsNotRemovedInPassing() {
        addresses.addAlias(address("a@example.com"), address("ann@example.org"));
        list("l@example.org", "bob@example.com");
        domains.setCatchAll("example.com", Optional.of(address("a@example.com")));
        domains.setCatchAll("example.org", Optional.of(address("l@example.org")));

        assertThat(accounts.remove(address("ann@example.org"))).isEqualTo(Accounts.Removal.IS_CATCH_ALL);
        assertThat(addresses.removeAlias(address("a@example.com"))).contains(Refusal.IS_CATCH_ALL);
        assertThat(addresses.removeList(address("l@example.org"))).contains(Refusal.IS_CATCH_ALL);
        assertThat(found("anybody@example.org")).containsExactly(bob);
        assertThat(addresses.catchAllOf(address("ann@example.org"))).containsExactly("example.com");
        assertThat(addresses.catchAllOf(address("a@example.com"))).containsExactly("example.com");
        assertThat(addresses.catchAllOf(address("l@example.org"))).containsExactly("example.org");
        assertThat(addresses.catchAllOf(address("bob@example.com"))).isEmpty();

        domains.setCatchAll("example.com", Optional.empty());
        domains.setCatchAll("example.org", Optional.empty());
        assertThat(addresses.removeList(address("l@example.org"))).isEmpty();
        assertThat(accounts.remove(address("ann@example.org"))).isEqualTo(Accounts.Removal.REMOVED);
    }

    @Test
    void aDomainWithAliasesOrListsStays() {
        domains.add("example.net");
        addresses.addAlias(address("a@example.net"), address("ann@example.org"));
        list("l@example.org", "a@example.net");
        assertThat(domains.remove("example.net")).isEqualTo(Domains.Removal.HAS_ADDRESSES);
        assertThat(domains.remove("example.org")).isEqualTo(Domains.Removal.HAS_ACCOUNTS);
        addresses.removeAlias(address("a@example.net"));
        domains.setCatchAll("example.net", Optional.of(address("ann@example.org")));
        assertThat(domains.remove("example.net")).isEqualTo(Domains.Removal.REMOVED);
        assertThat(accounts.remove(address("ann@example.org"))).isEqualTo(Accounts.Removal.REMOVED);
    }

    @Test
    void anAliasIsNoLogin() {
        var hash = new Passwords().hash(Secret.of("secret"));
        accounts.setPassword(address("ann@example.org"), hash);
        addresses.addAlias(address("a@example.org"), address("ann@example.org"));
        assertThat(house.signIn("ANN@example.org", "secret")).isInstanceOf(SignIn.Accepted.class);
        assertThat(house.signIn("a@example.org", "secret")).isInstanceOf(SignIn.Refused.class);
        assertThat(house.signIn("ann+x@example.org", "secret")).isInstanceOf(SignIn.Refused.class);
    }

    private void list(String list, String... members) {
        assertThat(addresses.addList(address(list), "")).isEmpty();
        for (var member : members) {
            assertThat(addresses.addMember(address(list), address(member))).isEmpty();
        }
    }

    private Recipient find(String text) {
        return house.find(address(text));
    }

    private List<AccountId> found(String text) {
        return ((Recipient.Local) find(text)).accounts();
    }

    private AccountId account(String text) {
        return ((Accounts.Addition.Added) accounts.add(address(text), "", HASH))
                .account()
                .id();
    }

    private static EmailAddress address(String text) {
        return EmailAddress.parse(text).orElseThrow();
    }
}
