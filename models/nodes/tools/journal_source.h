#pragma once
// Where journals of nodes are read. JournalFeed speaks with the engine in this process; tests answer by themselves. Answers come later, on the
// ui thread, and not at all after the one who asked is gone.

#include "models/nodes/tools/journal_row.h"
#include "models/table/shown_error.h"

#include <functional>

namespace fb {

class JournalSource
{
public:
    virtual ~JournalSource() = default;
    template <typename T>
    using Answer = std::function<void(const ShownError &problem, const T &value)>;

    // Whether there is a journal; `names`: with its units and identifiers.
    virtual void place(const QString &nodeId, bool names, QObject *asker, Answer<JournalPlace> answered) = 0;
    // The newest entries first.
    virtual void query(const QString &nodeId, const JournalQuery &query, QObject *asker,
                       Answer<JournalBatch> answered)
        = 0;
    // What came since, the oldest first; at once, whether anything did or not.
    virtual void follow(const QString &nodeId, const JournalFollow &follow, QObject *asker,
                        Answer<JournalBatch> answered)
        = 0;
    virtual void entry(const QString &nodeId, const QString &cursor, QObject *asker,
                       Answer<JournalEntry> answered)
        = 0;
    virtual void close(const QString &nodeId) = 0; // nobody looks at it any more
    virtual Instant now() const = 0;
};

}
