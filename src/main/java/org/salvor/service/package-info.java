/** Long work as jobs on background threads, with progress, pause and cancel. Knows no JavaFX. */
@NullMarked
package org.salvor.service;

import org.jspecify.annotations.NullMarked;
