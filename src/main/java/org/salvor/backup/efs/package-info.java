/**
 * EFS without Windows: the raw export of an encrypted file, its key record ($EFS), and the ciphers (docs/formats/efs.md). Keys
 * come from outside and are never kept.
 */
@NullMarked
package org.salvor.backup.efs;

import org.jspecify.annotations.NullMarked;
