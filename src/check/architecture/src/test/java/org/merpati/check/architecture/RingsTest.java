package org.merpati.check.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

class RingsTest {
    private static final Path ROOT =
            Path.of(System.getProperty("user.dir"), "../../..").normalize();
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.merpati");

    @Test
    void theRulesSeeTheWholeHouse() {
        for (var ring : List.of(
                "lib.mime",
                "lib.expression",
                "lib.sasl",
                "lib.smtp",
                "lib.imap",
                "lib.jmap",
                "core.api",
                "core.store",
                "core.transport",
                "core.smtp",
                "core.imap",
                "core.jmap",
                "adapter.net",
                "adapter.jca",
                "launch",
                "web")) {
            assertThat(ALL.stream().anyMatch(type -> type.getPackageName().startsWith("org.merpati." + ring)))
                    .as(ring)
                    .isTrue();
        }
    }

    @Test
    void libKnowsNothingAboveItAndNoJakarta() {
        noClasses()
                .that()
                .resideInAPackage("org.merpati.lib..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.merpati.core..",
                        "org.merpati.adapter..",
                        "org.merpati.launch..",
                        "org.merpati.web..",
                        "jakarta..")
                .because("lib is pure Java that others can use alone (DESIGN §1)")
                .check(ALL);
    }

    @Test
    void coreKnowsNoAdapterAndNoLauncher() {
        noClasses()
                .that()
                .resideInAPackage("org.merpati.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.merpati.adapter..", "org.merpati.launch..", "org.merpati.web..")
                .because("dependencies point down the page (STYLE §2)")
                .check(ALL);
    }

    @Test
    void portsKnowNoImplementation() {
        noClasses()
                .that()
                .resideInAPackage("org.merpati.core.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.merpati.core.store..",
                        "org.merpati.core.transport..",
                        "org.merpati.core.smtp..",
                        "org.merpati.core.imap..",
                        "org.merpati.core.jmap..",
                        "jakarta..")
                .because("ports are what everything else stands on")
                .check(ALL);
    }

    @Test
    void protocolsNeverSeeOneAnother() {
        slices().matching("org.merpati.core.(smtp|imap|jmap)..")
                .should()
                .notDependOnEachOther()
                .because("siblings in core are blind to each other (DESIGN §1)")
                .check(ALL);
        slices().matching("org.merpati.lib.(expression|sasl|smtp|imap|jmap)..")
                .should()
                .notDependOnEachOther()
                .because("siblings in lib are blind to each other (DESIGN §1)")
                .check(ALL);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.merpati.lib.(*)..").should().beFreeOfCycles().check(ALL);
        slices().matching("org.merpati.core.(*)..").should().beFreeOfCycles().check(ALL);
        slices().matching("org.merpati.core.api.(*)..")
                .should()
                .beFreeOfCycles()
                .check(ALL);
        slices().matching("org.merpati.adapter.(*)..").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void onlyTheStoreSeesTheEntityManager() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.merpati.core.store..", "org.merpati.launch.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.persistence..")
                .because(
                        "rows are the store's business (DESIGN §1); the embedded runtime only makes the entity manager")
                .check(ALL);
    }

    /** DESIGN §2.11: a checked exception that leaves a transactional method commits what it has written so far. */
    @Test
    void transactionalServicesThrowUncheckedOnly() {
        var services = ALL.stream()
                .filter(type -> type.isAnnotatedWith(Transactional.class))
                .toList();
        assertThat(services).isNotEmpty();
        for (var service : services) {
            for (var method : service.getMethods()) {
                if (method.getModifiers().contains(JavaModifier.PRIVATE)
                        || method.getModifiers().contains(JavaModifier.STATIC)) {
                    continue; // no transaction ends with it: only what a method of the others lets out does
                }
                assertThat(method.getThrowsClause().getTypes())
                        .as(method.getFullName())
                        .isEmpty();
            }
        }
    }

    @Test
    void onlyTheNetSeesSockets() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.merpati.adapter.net..", "org.merpati.launch..", "org.merpati.check..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.ServerSocket")
                .because("protocols are handed streams, so that they run without a network in tests")
                .check(ALL);
    }

    @Test
    void nobodyReadsTheWallClock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("time is asked for, so that tests can answer (STYLE §8.15)")
                .check(ALL);
    }

    @Test
    void nobodyInterruptsAThread() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.merpati.check..")
                .should()
                .callMethod(java.util.concurrent.ExecutorService.class, "shutdownNow")
                .because("an interrupt during the database's I/O closes it for everybody (DESIGN §2.9)")
                .check(ALL);
    }

    @Test
    void theAdaptersAreSkins() {
        classes()
                .that()
                .resideInAPackage("org.merpati.adapter.net..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage("jakarta..")
                .because("the network is plain Java; resource adapters are skins over it (DESIGN §2.6)")
                .check(ALL);
    }

    @Test
    void everyPackageSaysWhetherNullsAreChecked() {
        var packages = ALL.stream()
                .map(type -> type.getPackage())
                .distinct()
                .filter(each -> !each.getClasses().isEmpty())
                .toList();
        assertThat(packages)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(
                                each.isAnnotatedWith(NullMarked.class) || each.isAnnotatedWith(NullUnmarked.class))
                        .as(each.getName())
                        .isTrue());
    }

    @Test
    void everyRfcNamedInTheSourcesIsInTheIndex() throws IOException {
        var index = Files.readAllLines(ROOT.resolve("docs/rfc.tsv")).stream()
                .map(line -> line.split("\t", -1)[0])
                .toList();
        var reference = java.util.regex.Pattern.compile("RFC ([0-9]{3,5}) §");
        try (var sources = Files.walk(ROOT)) {
            var missing = sources.filter(file -> file.toString().endsWith(".java")
                            && !file.toString().contains("/target/")
                            && !file.startsWith(ROOT.resolve("src/check")))
                    .flatMap(file -> read(file).results(reference).stream())
                    .distinct()
                    .filter(number -> !index.contains(number))
                    .toList();
            assertThat(missing)
                    .as("RFCs named with a section in the sources and missing in docs/rfc.tsv")
                    .isEmpty();
        }
    }

    private record Source(String text) {
        List<String> results(java.util.regex.Pattern pattern) {
            return pattern.matcher(text).results().map(match -> match.group(1)).toList();
        }
    }

    private static Source read(Path file) {
        try {
            return new Source(Files.readString(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
