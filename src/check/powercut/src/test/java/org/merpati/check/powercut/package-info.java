@NullMarked
package org.merpati.check.powercut;

import org.jspecify.annotations.NullMarked;
