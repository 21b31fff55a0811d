package org.merpati.check.conformance.jmap;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/** All rules as tests. */
public final class JmapRules {
    private static final List<Function<Jmap, Rules>> SECTIONS = List.of(
            SessionRules::new,
            RequestRules::new,
            ErrorRules::new,
            ReferenceRules::new,
            GetRules::new,
            ChangesRules::new,
            SetRules::new,
            CopyRules::new,
            QueryRules::new,
            QueryChangesRules::new,
            BlobRules::new,
            PushSubscriptionRules::new,
            EventSourceRules::new,
            MailCapabilityRules::new,
            MailboxRules::new,
            ThreadRules::new,
            EmailRules::new,
            HeaderRules::new,
            BodyRules::new,
            EmailQueryRules::new,
            EmailSetRules::new,
            EmailImportRules::new,
            SnippetRules::new,
            SubmissionRules::new,
            VacationRules::new);

    private JmapRules() {}

    /** A container for each class of rules, a test for each rule. */
    public static Stream<DynamicContainer> of(Jmap jmap) {
        return SECTIONS.stream().map(section -> container(section.apply(jmap)));
    }

    private static DynamicContainer container(Rules rules) {
        var tests = Arrays.stream(rules.getClass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Rule.class))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> DynamicTest.dynamicTest(title(method), () -> run(rules, method)));
        return DynamicContainer.dynamicContainer(rules.getClass().getSimpleName(), tests);
    }

    private static String title(Method method) {
        return sentence(method.getName()) + " ("
                + String.join(", ", method.getAnnotation(Rule.class).value()) + ")";
    }

    private static String sentence(String name) {
        return name.replaceAll("([A-Z0-9])", " $1").toLowerCase(Locale.ROOT);
    }

    private static void run(Rules rules, Method method) throws Throwable {
        try {
            method.invoke(rules);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
