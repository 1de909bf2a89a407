"""Parts for the scripts that make Salvor's small test images: a volume made by mkntfs and filled through ntfs-3g, seeded
contents, and a manifest (one JSON object a line) that says what was put on it.

Needs root, ntfs-3g and attr. Nothing is written outside the given folder and temporary folders."""
import gzip, hashlib, json, os, random, shutil, subprocess, tempfile, time

TILE = random.Random(7).randbytes(496)


def binary(seed, size):
    """Bytes whose every 512 carry 16 of their own: no cluster is like another one, and the image still compresses."""
    own = random.Random(seed)
    return b''.join(own.randbytes(16) + TILE for _ in range(size // 512 + 1))[:size]


def noise(seed, size):
    """Bytes that nothing can compress."""
    return random.Random(seed).randbytes(size)


def text(seed, size):
    own = random.Random(seed)
    words = [''.join(own.choice('etaoinshrdlu') for _ in range(own.randint(2, 9))) for _ in range(400)]
    out, length = [], 0
    while length < size:
        line = ' '.join(own.choices(words, k=10)) + '\n'
        out.append(line)
        length += len(line)
    return ''.join(out).encode()[:size]


def digest(data):
    return hashlib.sha256(data).hexdigest()


class Volume:
    """An NTFS image and its manifest. put() and mkdir() work while it is mounted."""

    OPTIONS = 'compression,streams_interface=windows,noatime'

    def __init__(self, folder, name, megabytes, *mkntfs, hidden=2048):
        self.folder, self.name = folder, name
        self.image = os.path.join(folder, name + '.img')
        self.root = tempfile.mkdtemp(prefix='salvor-')
        self.entries = {}
        with open(self.image, 'wb') as f:
            f.truncate(megabytes << 20)
        subprocess.run(['mkntfs', '-F', '-Q', '-q', '-p', str(hidden), '-H', '255', '-S', '63', *mkntfs,
                        '-L', name, self.image], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self):
        subprocess.run(['ntfs-3g', '-o', self.OPTIONS, self.image, self.root], check=True)
        return self

    def __exit__(self, *problem):
        os.sync()
        subprocess.run(['umount', self.root], check=True)
        for _ in range(50):                                        # ntfs-3g ends a moment after umount returns
            if subprocess.run(['fuser', '-s', self.image], stderr=subprocess.DEVNULL).returncode:
                break
            time.sleep(.1)

    def at(self, path):
        return os.path.join(self.root, path)

    def mkdir(self, path):
        os.makedirs(self.at(path), exist_ok=True)

    def put(self, path, data, kind='plain', when=None):
        """Writes a file, or with path:stream a named stream of it, and notes it."""
        file, _, stream = path.partition(':')
        self.mkdir(os.path.dirname(file))
        with open(self.at(path), 'wb') as f:
            f.write(data)
        self.note(path, data, kind)
        if when:
            self.time(file, when)

    def note(self, path, data, kind='plain'):
        file, _, stream = path.partition(':')
        if stream:
            entry = self.entries.setdefault(file, dict(path=file, size=0, sha256=digest(b''), kind=kind, state='live'))
            entry.setdefault('streams', []).append(dict(name=stream, size=len(data), sha256=digest(data)))
        else:
            self.entries[file] = dict(path=file, size=len(data), sha256=digest(data), kind=kind, state='live')

    def time(self, path, seconds):
        os.utime(self.at(path), (seconds, seconds))
        self.entries[path]['modified'] = seconds

    def attribute(self, path, name, value, key=None):
        subprocess.run(['setfattr', '-h', '-n', name, '-v', '0x' + value.hex(), self.at(path)], check=True)
        if key:
            self.entries[path][key] = value.hex()

    def compressed(self, path):
        """A folder whose new files are LZNT1-compressed."""
        self.mkdir(path)
        self.attribute(path, 'system.ntfs_attrib_be', bytes.fromhex('00000800'))

    def link(self, path, other):
        self.mkdir(os.path.dirname(other))
        os.link(self.at(path), self.at(other))
        self.entries[other] = dict(self.entries[path], path=other, link=path)

    def delete(self, path):
        """A file, or a folder with all that is in it."""
        if os.path.isdir(self.at(path)):
            for below, folders, files in os.walk(self.at(path), topdown=False):
                for f in files:
                    os.unlink(os.path.join(below, f))
                for d in folders:
                    os.rmdir(os.path.join(below, d))
            os.rmdir(self.at(path))
        else:
            os.unlink(self.at(path))
        for entry in self.entries.values():
            if entry['path'] == path or entry['path'].startswith(path + '/'):
                entry['state'] = 'deleted'

    def scatter(self, files, piece):
        """Writes files in pieces of about this many bytes that do not lie side by side. ntfs-3g takes the largest hole there is,
        so small files fill the volume first, a ballast takes what is left, and every other small file makes room again."""
        count = 2 * sum(len(data) for _, data in files) // piece + 100
        folder = self.at('.filler')
        os.mkdir(folder)
        for i in range(count):
            with open(f'{folder}/{i}', 'wb') as f:
                f.write(bytes([i % 251]) * piece)
        with open(f'{folder}/ballast', 'wb', buffering=0) as f:
            try:
                while f.write(b'\0' * 65536):
                    pass
            except OSError:                                        # the volume is full
                pass
        own = random.Random(count)
        for i in range(0, count - 1, 2):
            vanish(f'{folder}/{i + own.randrange(2)}')
        for path, data in files:
            self.put(path, data, 'fragmented')
        for name in os.listdir(folder):
            vanish(f'{folder}/{name}')
        os.rmdir(folder)

    def save(self, into):
        """Writes NAME.img.gz and NAME.jsonl."""
        pack(self.image, os.path.join(into, self.name + '.img.gz'))
        with open(os.path.join(into, self.name + '.jsonl'), 'w') as f:
            for entry in self.entries.values():
                f.write(json.dumps(entry, ensure_ascii=False) + '\n')
        live = sum(e['state'] == 'live' for e in self.entries.values())
        print(f'{self.name}: {live} live, {len(self.entries) - live} deleted')

    def close(self):
        os.rmdir(self.root)
        os.unlink(self.image)


def vanish(path):
    """Deletes a file after its clusters, so that its record lays no claim to them."""
    os.truncate(path, 0)
    os.unlink(path)


def pack(image, into):
    with open(image, 'rb') as source, open(into, 'wb') as raw, gzip.GzipFile('', 'wb', 9, raw, mtime=0) as target:
        shutil.copyfileobj(source, target, 1 << 20)
