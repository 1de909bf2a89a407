#!/usr/bin/env python3
"""Makes the large images of the benchmarks: sparse files, some 3 GB on disk, two minutes.

usage: make-speed-images.py OUTDIR     (as root; apt: ntfs-3g psmisc)

speed-many.img    400 folders of 500 files (40 % of 20 to 600 bytes, 50 % of 1 to 20 kB, 10 % of 25 to 100 kB), every second deleted
speed-folder.img  100,000 small files in one folder, every second deleted
speed-large.img   one deleted file of 1 GiB"""
import os, random, sys

from volume import Volume, binary


def size(own):
    kind = own.random()
    return own.randint(20, 600) if kind < .4 else own.randint(1000, 20000) if kind < .9 else own.randint(25000, 100000)


def write(path, data):
    with open(path, 'wb') as f:
        f.write(data)


def many(out):
    own, pool = random.Random(1), binary(1, 1 << 20)
    v = Volume(out, 'speed-many', 12 << 10, '-c', '4096')
    with v:
        for folder in range(400):
            os.mkdir(v.at(f'folder {folder:03d}'))
            for file in range(500):
                at, length = own.randrange(900000), size(own)
                write(v.at(f'folder {folder:03d}/file {file:03d}.bin'), b'%8d' % (folder * 500 + file) + pool[at:at + length - 8])
    with v:
        for folder in range(400):
            for file in range(500):
                if own.random() < .5:
                    os.unlink(v.at(f'folder {folder:03d}/file {file:03d}.bin'))
    os.rmdir(v.root)


def folder(out):
    own = random.Random(2)
    v = Volume(out, 'speed-folder', 3 << 10, '-c', '4096')
    with v:
        os.mkdir(v.at('one'))
        for file in range(100000):
            write(v.at(f'one/entry {file:06d}.txt'), b'entry %d\n' % file * own.randint(1, 40))
    with v:
        for file in range(100000):
            if own.random() < .5:
                os.unlink(v.at(f'one/entry {file:06d}.txt'))
    os.rmdir(v.root)


def large(out):
    v = Volume(out, 'speed-large', 1200, '-c', '4096')
    with v:
        with open(v.at('large.bin'), 'wb') as f:
            for part in range(1024):
                f.write(binary(part, 1 << 20))
    with v:
        os.unlink(v.at('large.bin'))
    os.rmdir(v.root)


os.makedirs(sys.argv[1], exist_ok=True)
for make in (many, folder, large):
    if not os.path.exists(f'{sys.argv[1]}/speed-{make.__name__}.img'):
        make(sys.argv[1])
        print('speed-' + make.__name__, flush=True)
