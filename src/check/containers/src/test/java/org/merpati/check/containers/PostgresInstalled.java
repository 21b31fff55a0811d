package org.merpati.check.containers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Skips a class where PostgreSQL's programs are not installed. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "org.merpati.check.containers.PostgresServer#installed",
        disabledReason = "PostgreSQL is not installed")
@interface PostgresInstalled {}
