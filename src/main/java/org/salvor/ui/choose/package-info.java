/** The page where a person finds and chooses what shall come back. */
@NullMarked
package org.salvor.ui.choose;

import org.jspecify.annotations.NullMarked;
