/**
 * One scenario in three homes: embedded, WildFly and Payara, each on H2 and on PostgreSQL.
 *
 * <p>Servers run from a base folder of the test's own on free ports; nothing of the unpacked distribution is changed but
 * WildFly's module of the PostgreSQL driver, which is added.
 */
@NullMarked
package org.merpati.check.containers;

import org.jspecify.annotations.NullMarked;
