package org.merpati.lib.mime.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaildirReaderTest {
    private static final Instant CHANGED = Instant.parse("2001-02-03T04:05:06Z");

    @TempDir
    Path maildir;

    private void message(String path) throws IOException {
        var file = maildir.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "S: " + path);
        Files.setLastModifiedTime(file, FileTime.from(CHANGED));
    }

    private static List<MaildirEntry> entries(Path folder) throws IOException {
        var entries = new ArrayList<MaildirEntry>();
        try (var reader = MaildirReader.open(folder)) {
            for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                entries.add(entry.get());
            }
            assertThat(reader.next()).isEmpty();
        }
        return entries;
    }

    @Test
    void newAndCurAreReadAndTmpIsNot() throws IOException {
        message("new/1000000000.M1P2.host");
        message("cur/odd:2,FS");
        message("tmp/1000000001.M1P2.host");
        message("cur/.hidden");
        Files.createDirectories(maildir.resolve("cur/folder"));
        Files.createSymbolicLink(maildir.resolve("cur/link"), maildir.resolve("tmp/1000000001.M1P2.host"));
        var entries = entries(maildir);
        assertThat(entries).hasSize(2);
        assertThat(entries.get(0).recent()).isTrue();
        assertThat(entries.get(0).received()).isEqualTo(Instant.ofEpochSecond(1_000_000_000));
        assertThat(entries.get(0).flags()).isEmpty();
        assertThat(entries.get(1).recent()).isFalse();
        assertThat(entries.get(1).received()).isEqualTo(CHANGED);
        assertThat(entries.get(1).flags()).containsExactly(MaildirFlag.FLAGGED, MaildirFlag.SEEN);
        assertThat(entries.get(1).size()).isEqualTo(15);
        try (var in = entries.get(1).open()) {
            assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("S: cur/odd:2,FS");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'1.a.host:2,', ''",
        "'1.a.host:2,DFPRSTab', 'DFPRSTab'",
        "'1.a.host;2,S', 'S'",
        "'1.a.host!2,S', 'S'",
        "'1.a.host,S=12,W=13:2,RS', 'RS'",
        "'1.a.host:1,x', ''",
        "'1.a.host', ''"
    })
    void theLettersStandBehindTheInfosMark(String name, String letters) {
        assertThat(MaildirEntry.letters(name)).isEqualTo(letters);
    }

    @Test
    void allFlagsHaveTheirLetters() {
        assertThat(MaildirFlag.of("DFPRST")).containsExactly(MaildirFlag.values());
        assertThat(MaildirFlag.of("abc")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1000000000.x, 2001-09-09T01:46:40Z", "12a.x,", "x,", "'',", ".x,", "9999999999999.x,"})
    void theDateIsInTheNameOrTheFiles(String name, Instant date) {
        assertThat(MaildirEntry.received(name, CHANGED)).isEqualTo(date == null ? CHANGED : date);
    }

    @Test
    void foldersAreThoseOfMaildirPlusPlus() throws IOException {
        message("cur/1.a.host:2,");
        message(".Work.Old/cur/2.a.host:2,");
        message(".Work/new/3.a.host");
        Files.createDirectories(maildir.resolve(".notmail"));
        Files.createDirectories(maildir.resolve(".a..b/cur"));
        Files.createDirectories(maildir.resolve("plain/cur"));
        var folders = MaildirFolder.in(maildir);
        assertThat(folders.stream().map(MaildirFolder::name))
                .containsExactly(List.of(), List.of("Work"), List.of("Work", "Old"));
        try (var reader = folders.get(2).open()) {
            assertThat(reader.next().orElseThrow().file()).hasFileName("2.a.host:2,");
        }
    }

    @Test
    void aFolderThatIsNoMaildirIsNamed() {
        assertThatThrownBy(() -> MaildirReader.open(maildir))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("neither cur nor new");
    }
}
