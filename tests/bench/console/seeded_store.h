#pragma once
// A store with a large fleet and a long past: what the console opens when its scale is measured. Any thread.

#include "backend/core/result.h"

#include <QString>

namespace fb::bench {

struct StoreSize {
    int nodes = 100'000;
    int commands = 100;
    int invocationsEach = 10'000;
};

// SQLite in `dataDir`, which is empty. Takes some ten seconds at full size.
Result<void> seedStore(const QString &dataDir, const StoreSize &size);

}
