package org.merpati.web.push;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.merpati.web.base.Failures;
import org.merpati.web.base.SecurityHeaders;

/** What goes wrong in a servlet, worded as the resources word it. */
final class Problems {
    private static final Failures FAILURES = new Failures();

    private Problems() {}

    static void answer(Exception failure, HttpServletResponse response) throws IOException {
        var problem = FAILURES.toResponse(failure);
        response.setStatus(problem.getStatus());
        SecurityHeaders.all().forEach(response::setHeader);
        problem.getStringHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
        if (problem.getEntity() instanceof byte[] body) {
            response.getOutputStream().write(body);
        }
    }
}
