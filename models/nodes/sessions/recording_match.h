#pragma once
// What a search over all recordings found, as the console lists it, and where it comes from (spec/session-manager.md 5). RecordingSearchFeed answers
// with the engine in this process; tests answer with values. Answers come later, on the ui thread.

#include "models/table/list_view_model.h"

#include <QCoreApplication>

namespace fb {

struct RecordingMatchRow {
    QString id; // "<session>#<place in the list>"
    QString sessionId;
    QString nodeId;
    QString nodeName;
    QString owner;
    Instant started {}; // the session
    Microseconds at {}; // since then
    QString line; // what stood on the screen, around the words
    bool operator==(const RecordingMatchRow &) const = default;
};

struct RecordingMatchTable {
    Q_DECLARE_TR_FUNCTIONS(fb::RecordingMatchTable)
public:
    enum Column { Line, Node, Owner, At, Shown };

    static QString idOf(const RecordingMatchRow &row) { return row.id; }
    static QList<TableColumn<RecordingMatchRow>> columns();
};

struct RecordingSearchState {
    QString text; // empty: nothing was searched yet
    bool isRunning = false;
    bool isStopped = false; // by hand; what was found stays
    int searched = 0; // recordings
    int matches = 0;
    int cut = 0; // recordings with more matches than are listed
    int unreadable = 0;
};

class RecordingSearchSource : public ListSource<RecordingMatchRow>
{
public:
    // In place of an earlier search. Its rows come by ListSource's News; older recordings with readOlder().
    virtual void search(const QString &text, bool caseSensitive) = 0;
    virtual void stop() = 0;
    virtual const RecordingSearchState &state() const = 0;
    virtual void setStateHandler(std::function<void()> changed) = 0; // one: the page
};

using RecordingSearchViewModel = ValueListViewModel<RecordingMatchRow, RecordingSearchSource>;

}
