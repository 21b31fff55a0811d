package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.MediaType;
import com.google.common.util.concurrent.ListenableFuture;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import rs.ltt.jmap.client.JmapClient;
import rs.ltt.jmap.client.blob.Uploadable;
import rs.ltt.jmap.client.event.State;
import rs.ltt.jmap.common.entity.Email;
import rs.ltt.jmap.common.entity.EmailAddress;
import rs.ltt.jmap.common.entity.EmailBodyPart;
import rs.ltt.jmap.common.entity.EmailBodyValue;
import rs.ltt.jmap.common.entity.Identity;
import rs.ltt.jmap.common.entity.Keyword;
import rs.ltt.jmap.common.entity.Mailbox;
import rs.ltt.jmap.common.entity.Role;
import rs.ltt.jmap.common.entity.capability.MailAccountCapability;
import rs.ltt.jmap.common.entity.filter.EmailFilterCondition;
import rs.ltt.jmap.common.entity.query.EmailQuery;
import rs.ltt.jmap.mua.Mua;
import rs.ltt.jmap.mua.Status;
import rs.ltt.jmap.mua.cache.InMemoryCache;
import rs.ltt.jmap.mua.util.QueryResultItem;

/** A whole mail session of a client that others wrote: rs.ltt.jmap's, as Ltt.rs for Android has it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class LttClientTest {
    /** What a client has in its cache. */
    private static final class Cache extends InMemoryCache {
        Collection<Email> mails() {
            return emails.values();
        }

        Collection<Mailbox> boxes() {
            return mailboxes.values();
        }

        Identity identity() {
            return identities.values().iterator().next();
        }

        Mailbox box(Role role) {
            return boxes().stream()
                    .filter(box -> box.getRole() == role)
                    .findFirst()
                    .orElseThrow();
        }

        /** What was fetched of a query's result. */
        List<String> resultOf(EmailQuery query) {
            return Objects.requireNonNull(queryResults.get(query.asHash())).getItems().stream()
                    .map(QueryResultItem::getEmailId)
                    .toList();
        }

        /** The last mail of what was fetched of a query. */
        String lastOf(EmailQuery query) {
            return getQueryState(query.asHash()).upTo.id;
        }

        Email mail(String subject) {
            return mails().stream()
                    .filter(mail -> subject.equals(mail.getSubject()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private final ServerForClients server = new ServerForClients(Map.of());
    private final HttpUrl session = HttpUrl.get(server.base() + "/.well-known/jmap");
    private final Cache cache = new Cache();
    private final JmapClient client;
    private final Mua mua;

    LttClientTest() throws Exception {
        client = new JmapClient(ServerForClients.ANI, ServerForClients.PASSWORD, session);
        mua = Mua.builder()
                .username(ServerForClients.ANI)
                .password(ServerForClients.PASSWORD)
                .sessionResource(session)
                .accountId(done(client.getSession()).getPrimaryAccount(MailAccountCapability.class))
                .cache(cache)
                .queryPageSize(5)
                .build();
    }

    @BeforeAll
    void begin() throws Exception {
        done(mua.refreshMailboxes());
        done(mua.refreshIdentities());
    }

    @AfterAll
    void end() {
        mua.close();
        client.close();
        server.close();
    }

    private static <T> T done(ListenableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private static Email.EmailBuilder mail(String subject) {
        var self =
                EmailAddress.builder().name("Ani").email(ServerForClients.ANI).build();
        return Email.builder()
                .from(self)
                .to(self)
                .subject(subject)
                .bodyValue("0", EmailBodyValue.builder().value("Halo \u00e4").build())
                .textBody(EmailBodyPart.builder()
                        .partId("0")
                        .mediaType(MediaType.PLAIN_TEXT_UTF_8.withoutParameters())
                        .build());
    }

    private EmailQuery inbox() {
        return EmailQuery.of(
                EmailFilterCondition.builder()
                        .inMailbox(cache.box(Role.INBOX).getId())
                        .build(),
                true);
    }

    /** Sends a mail to oneself and waits until the inbox has it. */
    private Email sent(String subject, Email.EmailBuilder mail) throws Exception {
        var arrived = new CountDownLatch(1);
        var connected = new CountDownLatch(1);
        var push = done(client.monitorEvents());
        push.addOnConnectionStateListener(state -> {
            if (state == State.CONNECTED) {
                connected.countDown();
            }
        });
        push.addOnStateChangeListener(change -> {
            arrived.countDown();
            return true;
        });
        if (push.getConnectionState() != State.CONNECTED) {
            assertThat(connected.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(done(mua.send(mail.build(), cache.identity()))).isNotEmpty();
        assertThat(arrived.await(30, TimeUnit.SECONDS)).as("a push").isTrue();
        done(mua.refreshMailboxes());
        var inbox = cache.box(Role.INBOX).getId();
        Email found = null;
        while (found == null) {
            done(mua.query(inbox()));
            done(mua.refresh());
            found = cache.mails().stream()
                    .filter(one -> subject.equals(one.getSubject())
                            && one.getMailboxIds().containsKey(inbox))
                    .findFirst()
                    .orElse(null);
        }
        return found;
    }

    private Set<String> boxesOf(Email mail) {
        return cache.mails().stream()
                .filter(one -> one.getId().equals(mail.getId()))
                .findFirst()
                .map(one -> new HashSet<>(one.getMailboxIds().keySet()))
                .orElseGet(HashSet::new);
    }

    @Test
    void theSessionIsFoundAndTheMailboxesAreThere() throws Exception {
        assertThat(cache.box(Role.INBOX).getName()).isNotEmpty();
        assertThat(cache.identity().getEmail()).isEqualTo(ServerForClients.ANI);
        assertThat(done(mua.refreshMailboxes())).isEqualTo(Status.UNCHANGED);
    }

    @Test
    void aMailIsSentReadFlaggedMovedAndThrownAway() throws Exception {
        var mail = sent("A whole session", mail("A whole session"));
        assertThat(mail.getFrom().getFirst().getName()).isEqualTo("Ani");
        assertThat(mail.getBodyValues().values())
                .anyMatch(value -> value.getValue().contains("Halo \u00e4"));

        assertThat(done(mua.setKeyword(List.of(mail), Keyword.SEEN))).isTrue();
        done(mua.refresh()); // it sets under the state that it has seen
        assertThat(done(mua.setKeyword(List.of(mail), Keyword.FLAGGED))).isTrue();
        done(mua.refresh());
        assertThat(keywords(mail)).contains(Keyword.SEEN, Keyword.FLAGGED);
        assertThat(done(mua.removeKeyword(List.of(mail), Keyword.FLAGGED))).isTrue();
        done(mua.refresh());
        assertThat(keywords(mail)).contains(Keyword.SEEN).doesNotContain(Keyword.FLAGGED);

        assertThat(done(mua.archive(List.of(now(mail))))).isTrue();
        done(mua.refresh());
        assertThat(boxesOf(mail)).containsExactly(cache.box(Role.ARCHIVE).getId());
        assertThat(done(mua.moveToInbox(List.of(now(mail))))).isTrue();
        done(mua.refresh());
        assertThat(boxesOf(mail)).containsExactly(cache.box(Role.INBOX).getId());
        assertThat(done(mua.moveToTrash(List.of(now(mail))))).isTrue();
        done(mua.refresh());
        assertThat(boxesOf(mail)).containsExactly(cache.box(Role.TRASH).getId());
        assertThat(done(mua.emptyTrash())).isTrue();
        done(mua.refresh());
        assertThat(boxesOf(mail)).isEmpty();
    }

    private Email now(Email mail) {
        return cache.mails().stream()
                .filter(one -> one.getId().equals(mail.getId()))
                .findFirst()
                .orElseThrow();
    }

    private Set<String> keywords(Email mail) {
        return now(mail).getKeywords().keySet();
    }

    @Test
    void anAttachmentIsUploadedSentAndDownloaded() throws Exception {
        byte[] octets = {0, 1, 2, (byte) 0xff, '\r', '\n'};
        var upload = done(mua.upload(
                new Uploadable() {
                    @Override
                    public InputStream getInputStream() {
                        return new ByteArrayInputStream(octets);
                    }

                    @Override
                    public MediaType getMediaType() {
                        return MediaType.PNG;
                    }

                    @Override
                    public long getContentLength() {
                        return octets.length;
                    }
                },
                progress -> {}));
        var mail = sent(
                "Attached",
                mail("Attached")
                        .attachment(EmailBodyPart.builder()
                                .blobId(upload.getBlobId())
                                .mediaType(MediaType.PNG)
                                .name("a.png")
                                .disposition("attachment")
                                .build()));
        assertThat(mail.getAttachments()).hasSize(1);
        var attachment = mail.getAttachments().getFirst();
        assertThat(attachment.getName()).isEqualTo("a.png");
        try (var in = done(mua.download(attachment)).getInputStream()) {
            assertThat(in.readAllBytes()).isEqualTo(octets);
        }
        try (var in = done(mua.download(attachment, 4)).getInputStream()) {
            assertThat(in.readAllBytes()).as("from the fifth octet").isEqualTo(new byte[] {'\r', '\n'});
        }
    }

    @Test
    void aDraftIsKeptAndDiscarded() throws Exception {
        done(mua.draft(mail("Not yet").build()));
        done(mua.refreshMailboxes());
        var query = EmailQuery.of(EmailFilterCondition.builder()
                .inMailbox(cache.box(Role.DRAFTS).getId())
                .build());
        done(mua.query(query));
        var draft = cache.mail("Not yet");
        assertThat(draft.getKeywords()).containsKey(Keyword.DRAFT);
        assertThat(done(mua.discardDraft(draft))).isTrue();
        done(mua.refresh());
        assertThat(cache.mails()).noneMatch(one -> one.getId().equals(draft.getId()));
    }

    @Test
    void pagesOfAQueryFollowOneAnother() throws Exception {
        var jmap = server.jmap();
        var box = jmap.run(Call.of("Mailbox/set", "'create':{'b':{'name':'Pages'}}"))
                .ok(0)
                .at("/created/b/id")
                .asText();
        for (int i = 0; i < 12; i++) {
            var message = "Subject: Page " + i + "\r\nMessage-ID: <page" + i + "@example.net>\r\n\r\nx\r\n";
            var blob = jmap.upload("message/rfc822", message.getBytes(StandardCharsets.US_ASCII));
            jmap.run(Call.of(
                            "Email/import",
                            "'emails':{'m':{'blobId':?,'mailboxIds':{?:true}}}",
                            blob.path("blobId"),
                            box))
                    .ok(0);
        }
        var query = EmailQuery.of(EmailFilterCondition.builder().inMailbox(box).build());
        done(mua.query(query));
        assertThat(cache.resultOf(query)).hasSize(5);
        for (int page = 0; page < 2; page++) {
            done(mua.query(query, cache.lastOf(query)));
        }
        assertThat(cache.resultOf(query)).hasSize(12).doesNotHaveDuplicates();
    }
}
