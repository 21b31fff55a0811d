/**
 * Merpati inside an application server: the start, and the door as message-driven beans, one for each resource adapter.
 *
 * <p>Invariants:
 * <ul>
 * <li>the beans' methods are {@code NOT_SUPPORTED}: some containers answer with success when the commit of a
 *     container-managed method fails (docs/adr), so transactions belong to the services behind the door;
 * <li>no mail is taken before the schema is migrated and the platform is open;
 * <li>instances come from a pool of Merpati's own ({@code jboss-ejb3.xml}, {@code glassfish-ejb-jar.xml}): the servers'
 *     default pools starve a mail server, and they belong to other applications.
 * </ul>
 */
@NullMarked
package org.merpati.adapter.ejb;

import org.jspecify.annotations.NullMarked;
