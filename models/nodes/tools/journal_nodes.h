#pragma once
// The nodes beside a merged journal: what each of them gives, and what it does not (spec/fleet-manager.md 3.8). Values; ui thread.

#include "models/nodes/tools/journal_view_model.h"

namespace fb {

struct JournalNodeRow {
    QString id;
    QString name;
    int number = 0; // its colour
    JournalViewModel::State state = JournalViewModel::State::Waiting;
    bool isReading = false;
    QString problem;
    qint64 rows = 0;
    qint64 dropped = 0;
    NodeClock clock;
    bool operator==(const JournalNodeRow &other) const
    {
        return id == other.id && name == other.name && number == other.number && state == other.state
            && isReading == other.isReading && problem == other.problem && rows == other.rows
            && dropped == other.dropped && clock.ahead == other.clock.ahead
            && clock.error == other.clock.error;
    }
};

class JournalNodeColumns
{
    Q_DECLARE_TR_FUNCTIONS(fb::JournalNodeColumns)
public:
    enum Column { Name, State, Rows, Dropped, Clock };
    static QList<TableColumn<JournalNodeRow>> all();
    static QList<JournalNodeRow> rowsOf(const JournalViewModel &model);
    static QString clockText(const NodeClock &clock); // "2.5 s ahead"; empty: as ours, or not known
};

}
