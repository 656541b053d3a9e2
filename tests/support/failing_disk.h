#pragma once
// A disk under SQLite that fails when told: full, or with I/O errors, from the n-th write on. Make it before the store is opened; every
// SQLite connection of the process then goes through it. Thread-safe. (fb_test_store)

namespace fb::test {

class FailingDisk
{
public:
    enum class Fault { Full, WriteError, SyncError };

    FailingDisk();
    ~FailingDisk(); // every store is closed by then
    FailingDisk(const FailingDisk &) = delete;
    FailingDisk &operator=(const FailingDisk &) = delete;

    void failAfter(int operations,
                   Fault fault); // so many writes (syncs for SyncError) still succeed, all later ones fail
    void heal();
    bool hasFailed() const; // since the last failAfter()
};

}
