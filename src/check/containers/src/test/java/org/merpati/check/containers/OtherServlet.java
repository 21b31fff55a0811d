package org.merpati.check.containers;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** All there is to the application that lives beside Merpati. */
@WebServlet("/hello")
public class OtherServlet extends HttpServlet {
    static final String ANSWER = "the other application";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(ANSWER);
    }
}
