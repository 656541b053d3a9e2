#include "tests/support/failing_disk.h"

#include <sqlite3.h>

#include <atomic>
#include <limits>

namespace fb::test {

namespace {
    constexpr int kNever = std::numeric_limits<int>::max();

    std::atomic<int> writesLeft {kNever};
    std::atomic<int> syncsLeft {kNever};
    std::atomic<int> writeCode {SQLITE_FULL};
    std::atomic<bool> failed {false};
    sqlite3_vfs *realDisk = nullptr;

    bool takeOne(std::atomic<int> &left)
    {
        int now = left.load();
        while (now != kNever) {
            if (now == 0) {
                failed = true;
                return false;
            }
            if (left.compare_exchange_weak(now, now - 1))
                return true;
        }
        return true;
    }

    // SQLite allocates szOsFile bytes: this, then the real file.
    struct File {
        sqlite3_file base;
        sqlite3_file *real() { return reinterpret_cast<sqlite3_file *>(this + 1); }
    };

    sqlite3_file *real(sqlite3_file *file) { return reinterpret_cast<File *>(file)->real(); }

    int doClose(sqlite3_file *file) { return real(file)->pMethods->xClose(real(file)); }
    int doRead(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset)
    {
        return real(file)->pMethods->xRead(real(file), bytes, count, offset);
    }
    int doWrite(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset)
    {
        return takeOne(writesLeft) ? real(file)->pMethods->xWrite(real(file), bytes, count, offset)
                                   : writeCode.load();
    }
    int doTruncate(sqlite3_file *file, sqlite3_int64 size)
    {
        return real(file)->pMethods->xTruncate(real(file), size);
    }
    int doSync(sqlite3_file *file, int flags)
    {
        return takeOne(syncsLeft) ? real(file)->pMethods->xSync(real(file), flags) : SQLITE_IOERR_FSYNC;
    }
    int doFileSize(sqlite3_file *file, sqlite3_int64 *size)
    {
        return real(file)->pMethods->xFileSize(real(file), size);
    }
    int doLock(sqlite3_file *file, int level) { return real(file)->pMethods->xLock(real(file), level); }
    int doUnlock(sqlite3_file *file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
    int doCheckReserved(sqlite3_file *file, int *out)
    {
        return real(file)->pMethods->xCheckReservedLock(real(file), out);
    }
    int doControl(sqlite3_file *file, int op, void *argument)
    {
        return real(file)->pMethods->xFileControl(real(file), op, argument);
    }
    int doSectorSize(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }
    int doCharacteristics(sqlite3_file *file)
    {
        return real(file)->pMethods->xDeviceCharacteristics(real(file));
    }
    int doShmMap(sqlite3_file *file, int page, int size, int extend, void volatile **out)
    {
        return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
    }
    int doShmLock(sqlite3_file *file, int offset, int count, int flags)
    {
        return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
    }
    void doShmBarrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }
    int doShmUnmap(sqlite3_file *file, int remove)
    {
        return real(file)->pMethods->xShmUnmap(real(file), remove);
    }

    const sqlite3_io_methods kMethods {2,
                                       doClose,
                                       doRead,
                                       doWrite,
                                       doTruncate,
                                       doSync,
                                       doFileSize,
                                       doLock,
                                       doUnlock,
                                       doCheckReserved,
                                       doControl,
                                       doSectorSize,
                                       doCharacteristics,
                                       doShmMap,
                                       doShmLock,
                                       doShmBarrier,
                                       doShmUnmap,
                                       nullptr,
                                       nullptr};

    int doOpen(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *outFlags)
    {
        file->pMethods = nullptr;
        const int opened = realDisk->xOpen(realDisk, name, real(file), flags, outFlags);
        if (opened == SQLITE_OK)
            file->pMethods = &kMethods;
        return opened;
    }

    sqlite3_vfs failingVfs;
}

FailingDisk::FailingDisk()
{
    realDisk = sqlite3_vfs_find(nullptr);
    failingVfs = *realDisk; // everything but files goes straight to the real one
    failingVfs.pNext = nullptr;
    failingVfs.zName = "failing-disk";
    failingVfs.szOsFile = static_cast<int>(sizeof(File)) + realDisk->szOsFile;
    failingVfs.xOpen = doOpen;
    sqlite3_vfs_register(&failingVfs, 1);
    heal();
}

FailingDisk::~FailingDisk()
{
    heal();
    sqlite3_vfs_unregister(&failingVfs);
    sqlite3_vfs_register(realDisk, 1);
}

void FailingDisk::failAfter(int operations, Fault fault)
{
    failed = false;
    writeCode = fault == Fault::Full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    (fault == Fault::SyncError ? syncsLeft : writesLeft) = operations;
}

void FailingDisk::heal()
{
    writesLeft = kNever;
    syncsLeft = kNever;
}

bool FailingDisk::hasFailed() const { return failed; }

}
