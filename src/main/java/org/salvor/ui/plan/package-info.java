/** The page on which a person says what to look for. */
@NullMarked
package org.salvor.ui.plan;

import org.jspecify.annotations.NullMarked;
