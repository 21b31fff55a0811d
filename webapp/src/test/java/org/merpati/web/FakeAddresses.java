package org.merpati.web;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Addresses;
import org.merpati.core.store.Quotas;

/** Aliases, lists and limits in memory. What they refer to is not looked at; a refusal can be given. */
final class FakeAddresses implements Addresses, Quotas {
    private static final Instant CREATED = Instant.parse("2026-11-21T00:00:00Z");

    Optional<Refusal> refusal = Optional.empty();
    private final TreeMap<String, Alias> aliases = new TreeMap<>();
    private final TreeMap<String, MailList> lists = new TreeMap<>();
    private final Map<String, TreeSet<String>> members = new HashMap<>();
    private Limits limits = Limits.NONE;

    @Override
    public Recipient find(EmailAddress address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<AccountId> owner(EmailAddress address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> catchAllOf(EmailAddress address) {
        return List.of("example.org", "example.com");
    }

    @Override
    public Optional<Refusal> addAlias(EmailAddress alias, EmailAddress account) {
        if (refusal.isEmpty()) {
            aliases.put(alias.toString(), new Alias(alias, account, CREATED));
        }
        return refusal;
    }

    @Override
    public List<Alias> aliases(String domain, String account, String after, int limit) {
        return aliases.tailMap(after, false).values().stream()
                .filter(alias -> domain.isEmpty() || alias.address().domain().equals(domain))
                .filter(alias -> account.isEmpty() || alias.account().toString().equals(account))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Alias> alias(EmailAddress address) {
        return Optional.ofNullable(aliases.get(address.toString()));
    }

    @Override
    public Optional<Refusal> removeAlias(EmailAddress address) {
        return aliases.remove(address.toString()) == null ? Optional.of(Refusal.NOT_FOUND) : Optional.empty();
    }

    @Override
    public Optional<Refusal> addList(EmailAddress list, String name) {
        if (refusal.isEmpty()) {
            lists.put(list.toString(), new MailList(list, name, CREATED, 0));
            members.put(list.toString(), new TreeSet<>());
        }
        return refusal;
    }

    @Override
    public List<MailList> lists(String domain, String after, int limit) {
        return lists.tailMap(after, false).values().stream()
                .filter(list -> domain.isEmpty() || list.address().domain().equals(domain))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<MailList> list(EmailAddress address) {
        return Optional.ofNullable(lists.get(address.toString()));
    }

    @Override
    public Optional<Refusal> removeList(EmailAddress list) {
        return lists.remove(list.toString()) == null ? Optional.of(Refusal.NOT_FOUND) : Optional.empty();
    }

    @Override
    public List<Member> members(EmailAddress list, String after, int limit) {
        return members.getOrDefault(list.toString(), new TreeSet<>()).tailSet(after, false).stream()
                .limit(limit)
                .map(member -> new Member(EmailAddress.parse(member).orElseThrow(), Kind.ACCOUNT))
                .toList();
    }

    @Override
    public Optional<Refusal> addMember(EmailAddress list, EmailAddress member) {
        if (!lists.containsKey(list.toString())) {
            return Optional.of(Refusal.NOT_FOUND);
        }
        if (refusal.isEmpty()) {
            members.computeIfAbsent(list.toString(), key -> new TreeSet<>()).add(member.toString());
        }
        return refusal;
    }

    @Override
    public Optional<Refusal> removeMember(EmailAddress list, EmailAddress member) {
        return members.getOrDefault(list.toString(), new TreeSet<>()).remove(member.toString())
                ? Optional.empty()
                : Optional.of(Refusal.NOT_FOUND);
    }

    @Override
    public Optional<Usage> account(AccountId account) {
        return Optional.of(new Usage(4_711, 3, limits));
    }

    @Override
    public Optional<Usage> domain(String name) {
        return name.equals("example.org") ? Optional.of(new Usage(9_999, 7, limits)) : Optional.empty();
    }

    @Override
    public long room(AccountId account) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean limitAccount(EmailAddress account, Limits set) {
        limits = set;
        return account.domain().equals("example.org");
    }

    @Override
    public boolean limitDomain(String domain, Limits set) {
        limits = set;
        return domain.equals("example.org");
    }
}
