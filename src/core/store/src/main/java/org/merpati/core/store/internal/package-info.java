/**
 * The services' implementations and the entities they write. The only package that sees an EntityManager.
 *
 * <p>Entities are flat (plain id columns, no relations, no lazy attributes, no weaving) and only for writing one thing;
 * lists, counters and flags go by projections and bulk updates (DESIGN §2.3, §2.20).
 *
 * <p>Where an index has two columns, {@code first = ? and second in (…)} makes H2 read all rows of the first: row values do
 * not ({@link org.merpati.core.store.internal.AccountRows}). EclipseLink can't write a subquery in {@code SET}.
 */
@NullUnmarked
package org.merpati.core.store.internal;

import org.jspecify.annotations.NullUnmarked;
