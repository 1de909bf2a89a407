/** The page on which a person says where the files go, and by which rules. */
@NullMarked
package org.salvor.ui.destination;

import org.jspecify.annotations.NullMarked;
