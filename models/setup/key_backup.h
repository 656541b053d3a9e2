#pragma once
// A sealed copy of the master key for the day the keychain is lost (ux.md 13). Interface; ui thread.

#include "models/table/shown_error.h"

#include <functional>

namespace fb {

class KeyBackup
{
public:
    static constexpr int kLeastPassphrase = 12; // characters
    static constexpr int kMostPassphrase = 1000;

    virtual ~KeyBackup() = default;
    // False where the key is sealed by a passphrase already: DIR/master.sealed is its own backup.
    virtual bool isOffered() const = 0;
    virtual QString suggestedFile() const = 0; // an absolute path
    // Writes `file`, which must not exist; opened again with `passphrase` before `done` is told so. An empty error: it is there.
    virtual void save(const QString &file, const QString &passphrase,
                      std::function<void(const ShownError &problem)> done)
        = 0;
};

}
