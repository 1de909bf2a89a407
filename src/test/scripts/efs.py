"""Encrypted files for the test image "efs": certificates by openssl, key records ($EFS) as docs/formats/efs.md describes them, and
the bytes encrypted by ntfsdecrypt (ntfs-3g). What ntfsdecrypt cannot do, named streams and holes, is encrypted with libcrypto.

Keys and certificates are new at each run; the image and its .pfx files belong together."""
import ctypes, hashlib, os, pty, random, struct, subprocess, uuid, zlib

from volume import Volume, digest

PASSWORD = 'open sesame'
ALGORITHMS = {'aes': (0x6610, 32), '3des': (0x6603, 24), 'desx': (0x6604, 16)}

# EFS, and a second purpose: Debian's ntfsdecrypt drops the last digit of the first one
CONFIG = """[req]
distinguished_name=dn
prompt=no
[dn]
CN={name}
[efs]
extendedKeyUsage=1.3.6.1.4.1.311.10.3.4,1.3.6.1.4.1.311.10.3.40
"""


class Person:
    """Somebody with a certificate."""

    def __init__(self, folder, name):
        self.name, self.key = name, os.path.join(folder, name + '.pem')
        self.pfx, certificate, config = (os.path.join(folder, name + end) for end in ('.pfx', '.crt', '.cnf'))
        with open(config, 'w') as f:
            f.write(CONFIG.format(name=name))
        quiet = dict(check=True, stderr=subprocess.DEVNULL)
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', self.key, '-out', certificate,
                        '-days', '36500', '-config', config, '-extensions', 'efs'], **quiet)
        subprocess.run(['openssl', 'pkcs12', '-export', '-inkey', self.key, '-in', certificate, '-out', self.pfx,
                        '-passout', 'pass:' + PASSWORD], **quiet)
        der = subprocess.run(['openssl', 'x509', '-in', certificate, '-outform', 'DER'], stdout=subprocess.PIPE, check=True).stdout
        self.thumbprint = hashlib.sha1(der).digest()

    def wrap(self, fek):
        """RSA, PKCS #1 v1.5, stored little-endian."""
        return subprocess.run(['openssl', 'pkeyutl', '-encrypt', '-inkey', self.key, '-pkeyopt', 'rsa_padding_mode:pkcs1'],
                              input=fek, stdout=subprocess.PIPE, check=True).stdout[::-1]

    def entry(self, fek):
        """One entry of a key list."""
        name = f'{self.name}({self.name}@EXAMPLE)\0'.encode('utf-16-le')
        data = struct.pack('<5I', 20, 20, 0, 0, 40) + self.thumbprint + name
        info = struct.pack('<5I8x', 28 + len(data), 0, 3, len(data), 28) + data
        wrapped = self.wrap(fek)
        return struct.pack('<5I', 20 + len(info) + len(wrapped), 20, len(wrapped), 20 + len(info), 0) + info + wrapped

    def save(self, into):
        with open(self.pfx, 'rb') as source, open(os.path.join(into, f'efs-{self.name}.pfx'), 'wb') as target:
            target.write(source.read())


def key_list(entries):
    return struct.pack('<I', len(entries)) + b''.join(entries)


def record(fek, users, agents, version):
    """$EFS, version 1 of the metadata."""
    ddf = key_list([u.entry(fek) for u in users])
    drf = key_list([a.entry(fek) for a in agents]) if agents else b''
    head = struct.pack('<IIII16s32xII12x', 84 + len(ddf) + len(drf), 0, version, 0, uuid.uuid4().bytes, 84,
                       84 + len(ddf) if agents else 0)
    return head + ddf + drf


class Aes:
    """AES-256-CBC from libcrypto, sector by sector."""

    def __init__(self, key):
        self.key, self.lib = key, ctypes.CDLL('libcrypto.so.3')
        self.lib.EVP_CIPHER_CTX_new.restype = self.lib.EVP_aes_256_cbc.restype = ctypes.c_void_p

    def sector(self, plain, offset):
        mask = (1 << 64) - 1
        iv = struct.pack('<QQ', 0x5816657be9161312 + offset & mask, 0x1989adbe44918961 + offset & mask)
        context = ctypes.c_void_p(self.lib.EVP_CIPHER_CTX_new())
        out, length = ctypes.create_string_buffer(len(plain) + 32), ctypes.c_int()
        assert self.lib.EVP_EncryptInit_ex(context, ctypes.c_void_p(self.lib.EVP_aes_256_cbc()), None, self.key, iv)
        self.lib.EVP_CIPHER_CTX_set_padding(context, 0)
        assert self.lib.EVP_EncryptUpdate(context, out, ctypes.byref(length), plain, len(plain))
        self.lib.EVP_CIPHER_CTX_free(context)
        return out.raw[:length.value]

    def stream(self, data, offset=0):
        data += b'\0' * (-len(data) % 512)
        return b''.join(self.sector(data[at:at + 512], offset + at) for at in range(0, len(data), 512))


class EncryptedVolume(Volume):
    """A volume mounted with its encrypted files as they are stored; a file there ends with how many bytes fill its last sector."""

    OPTIONS = 'efs_raw,streams_interface=windows,noatime'

    def __init__(self, folder, name, megabytes, people):
        super().__init__(folder, name, megabytes, '-c', '4096')
        self.people, self.waiting = people, []

    def encrypt(self, path, data, algorithm, users, agents=(), streams=None, version=2):
        number, length = ALGORITHMS[algorithm]
        key = os.urandom(length)
        self.mkdir(os.path.dirname(path))
        self.stored(path, random.Random(len(data)).randbytes(len(data) + -len(data) % 512), len(data))
        for name, content in (streams or {}).items():
            self.stored(f'{path}:{name}', Aes(key).stream(content), len(content))
        self.seal(path, key, number, users, agents, 2)
        self.note(path, data, algorithm)
        self.entries[path]['users'] = list(users) if version < 4 else []
        for name, content in (streams or {}).items():
            self.note(f'{path}:{name}', content)
        if data:
            self.waiting.append((path, data, users[0], version))

    def sparse(self, path, pieces, size, users):
        key, data = os.urandom(32), bytearray(size)
        self.mkdir(os.path.dirname(path))
        with open(self.at(path), 'wb') as f:
            for offset, piece in pieces:
                data[offset:offset + len(piece)] = piece
                end = offset + len(piece) + -len(piece) % 65536
                f.seek(offset)
                f.write(Aes(key).stream(bytes(data[offset:end]), offset))
            f.truncate(size)
            f.seek(size)
            f.write(struct.pack('<H', 0))
        self.seal(path, key, 0x6610, users, (), 2)
        self.note(path, bytes(data), 'sparse')
        self.entries[path]['users'] = list(users)

    def stored(self, path, cipher, size):
        with open(self.at(path), 'wb') as f:
            if size:
                f.write(cipher + struct.pack('<H', len(cipher) - size))

    def seal(self, path, key, number, users, agents, version):
        fek = struct.pack('<4I', len(key), 0x20, number, 0) + key
        people = self.people
        value = record(fek, [people[u] for u in users], [people[a] for a in agents], version)
        self.attribute(path, 'system.ntfs_efsinfo', value)

    def fill(self):
        """Has ntfsdecrypt encrypt the contents, while the volume is not mounted."""
        for path, data, user, version in self.waiting:
            ntfsdecrypt(self.people[user].pfx, self.image, path, data)
        self.newer()

    def newer(self):
        """Turns the key records that shall be of a newer kind into such, in place: ntfs-3g knows none."""
        for path in [path for path, _, _, version in self.waiting if version >= 4]:
            value = subprocess.run(['ntfscat', '-f', '-a', '0x100', '-n', '$EFS', self.image, path],
                                   stdout=subprocess.PIPE, check=True).stdout
            with open(self.image, 'r+b') as f:
                at = f.read().index(value[16:32])                  # the identity of the record, of which there is only one
                f.seek(at - 8)
                f.write(struct.pack('<I', 4))


def ntfsdecrypt(pfx, image, path, data):
    """It asks a terminal for the password and reads the content from its input."""
    with open(pfx + '.plain', 'wb') as f:
        f.write(data)
    pid, terminal = pty.fork()
    if pid == 0:
        os.dup2(os.open(pfx + '.plain', os.O_RDONLY), 0)
        os.execvp('ntfsdecrypt', ['ntfsdecrypt', '-f', '-k', pfx, '-e', image, path])
    os.read(terminal, 100)
    os.write(terminal, PASSWORD.encode() + b'\n')
    said = b''
    try:
        while piece := os.read(terminal, 1000):
            said += piece
    except OSError:
        pass                                                       # the terminal is closed
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert status == 0, (path, said)


def png(seed):
    """A small picture that is whole."""
    own = random.Random(seed)
    def chunk(kind, body):
        return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))
    rows = b''.join(b'\0' + own.randbytes(90) for _ in range(30))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 30, 30, 8, 2, 0, 0, 0))
            + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
