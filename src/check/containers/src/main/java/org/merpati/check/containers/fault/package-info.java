/** A fault to add to a server under test: a jar for EAR/lib, or for the class path of the embedded home. */
@NullMarked
package org.merpati.check.containers.fault;

import org.jspecify.annotations.NullMarked;
