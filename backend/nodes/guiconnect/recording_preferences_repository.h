#pragma once
// All the SQL of recording preferences: one row at most. Thread: the caller's transaction or reader.

#include "backend/nodes/guiconnect/recording_preferences.h"
#include "backend/store/transaction.h"

#include <optional>

namespace fb {

class RecordingPreferencesRepository
{
public:
    Result<void> put(Transaction &tx, const RecordingPreferences &preferences, const QString &who,
                     Instant now);
    Result<void> remove(Transaction &tx);
    Result<std::optional<RecordingPreferences>> find(Reader &reader);
};

}
