/** Very long lists and trees: an index list, sorting and filtering off the UI thread, ticks in a bit set, a lazily filled tree. */
@NullMarked
package org.salvor.ui.table;

import org.jspecify.annotations.NullMarked;
