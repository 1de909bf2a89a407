package org.salvor.windows.backup;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.EnumSet;
import java.util.Set;
import org.salvor.windows.Wide;
import org.salvor.windows.WindowsException;

/** Rights that the token of the process may have and that sleep until they are enabled. */
enum Privileges {
    BACKUP("SeBackupPrivilege"),
    RESTORE("SeRestorePrivilege"),
    SECURITY("SeSecurityPrivilege"),
    TAKE_OWNERSHIP("SeTakeOwnershipPrivilege"),
    /** Symbolic links are put on with it only, where Windows is not in developer mode. */
    SYMBOLIC_LINK("SeCreateSymbolicLinkPrivilege");

    /** What writing files with all that belongs to them takes. */
    static final Set<Privileges> TO_WRITE = EnumSet.of(RESTORE, SECURITY, TAKE_OWNERSHIP, SYMBOLIC_LINK);

    /** The same for reading. */
    static final Set<Privileges> TO_READ = EnumSet.of(BACKUP, SECURITY);

    private static final int ADJUST_AND_QUERY = 0x28;
    private static final int ENABLED = 2;

    /** TOKEN_PRIVILEGES with one LUID_AND_ATTRIBUTES. */
    private static final int STATE = 16;

    private final String text;

    Privileges(String text) {
        this.text = text;
    }

    /** Enables those of the wanted ones that the token has, for the whole process. Returns those that are in force. */
    static Set<Privileges> enable(Kernel kernel, Token calls, Set<Privileges> wanted) {
        Set<Privileges> held = EnumSet.noneOf(Privileges.class);
        PointerByReference token = new PointerByReference();
        if (calls.OpenProcessToken(kernel.GetCurrentProcess(), ADJUST_AND_QUERY, token) == 0) {
            return held;
        }
        try {
            for (Privileges privilege : wanted) {
                if (privilege.enable(calls, token.getValue())) {
                    held.add(privilege);
                }
            }
        } finally {
            kernel.CloseHandle(token.getValue());
        }
        return held;
    }

    private boolean enable(Token calls, Pointer token) {
        try (Memory name = Wide.of(text);
                Memory luid = new Memory(8);
                Memory state = new Memory(STATE)) {
            if (calls.LookupPrivilegeValueW(null, name, luid) == 0) {
                return false;
            }
            state.setInt(0, 1);
            state.setInt(4, luid.getInt(0));
            state.setInt(8, luid.getInt(4));
            state.setInt(12, ENABLED);
            // The function says yes also where the token lacks the right: only the last error tells.
            return calls.AdjustTokenPrivileges(token, 0, state, STATE, null, null) != 0
                    && Native.getLastError() != WindowsException.NOT_ALL_ASSIGNED;
        }
    }
}
