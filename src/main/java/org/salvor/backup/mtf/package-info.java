/** Microsoft Tape Format 1.00a: media (.bkf) of NTBackup, Backup Exec and others (docs/formats/mtf.md). */
@NullMarked
package org.salvor.backup.mtf;

import org.jspecify.annotations.NullMarked;
