package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.mail.EmailId;
import org.merpati.lib.imap.command.FetchItem.Described;
import org.merpati.lib.imap.response.FetchValue;

class WrittenViewsTest {
    private static final int SIZE = "PREVIEW \"\"".length() + 100;

    private int made;

    private static WrittenViews views(int octets) {
        return new WrittenViews(
                Config.from(Map.of("cache.views-size", Integer.toString(octets)), "test", Map.of(), new Properties()));
    }

    private Optional<FetchValue> make() {
        made++;
        return Optional.of(new FetchValue.PreviewValue("a".repeat(100)));
    }

    private void ask(WrittenViews views, long email, Described item, boolean utf8) {
        assertThat(views.get(new EmailId(email), item, utf8, this::make)).isPresent();
    }

    @Test
    void aViewIsMadeOnce() {
        var views = views(10_000);
        ask(views, 1, Described.ENVELOPE, false);
        ask(views, 1, Described.ENVELOPE, false);
        assertThat(made).isEqualTo(1);
        ask(views, 1, Described.ENVELOPE, true);
        ask(views, 1, Described.BODY, false);
        ask(views, 2, Described.ENVELOPE, false);
        assertThat(made).isEqualTo(4);
        assertThat(views.octets()).isEqualTo(4L * (SIZE + WrittenViews.OVERHEAD));
    }

    @Test
    void whatWasNotAskedForForLongestGoes() {
        var views = views(2 * (SIZE + WrittenViews.OVERHEAD));
        ask(views, 1, Described.BODY, false);
        ask(views, 2, Described.BODY, false);
        ask(views, 1, Described.BODY, false);
        ask(views, 3, Described.BODY, false);
        assertThat(made).isEqualTo(3);
        ask(views, 1, Described.BODY, false);
        assertThat(made).isEqualTo(3);
        ask(views, 2, Described.BODY, false);
        assertThat(made).isEqualTo(4);
        assertThat(views.octets()).isEqualTo(2L * (SIZE + WrittenViews.OVERHEAD));
    }

    @Test
    void whatIsTooLargeOrNotThereIsNotKept() {
        var views = views(SIZE + WrittenViews.OVERHEAD - 1);
        ask(views, 1, Described.BODY, false);
        ask(views, 1, Described.BODY, false);
        assertThat(made).isEqualTo(2);
        assertThat(views.get(new EmailId(2), Described.BODY, false, Optional::empty))
                .isEmpty();
        assertThat(views.octets()).isZero();
    }
}
