#include "models/nodes/sessions/recording_match.h"

#include "models/nodes/sessions/playback_time.h"
#include "models/table/age_cell.h"
#include "models/table/visible_text.h"

namespace fb {

using namespace Qt::StringLiterals;

QList<TableColumn<RecordingMatchRow>> RecordingMatchTable::columns()
{
    using Row = RecordingMatchRow;
    return {
        {.key = u"line"_s,
         //: column title: a line that stood on the screen of a session
         .title = [] { return tr("On the screen"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.line, 200)}; }},
        {.key = u"node"_s,
         //: column title
         .title = [] { return tr("Node"); },
         .cell
         = [](const Row &row, Instant) { return TableCell {.text = row.nodeName, .apiWord = row.nodeId}; }},
        {.key = u"owner"_s,
         //: column title: whose session it is
         .title = [] { return tr("Operator"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.owner}; }},
        {.key = {},
         //: column title: time since the begin of the recording
         .title = [] { return tr("At"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = playbackTime(row.at),
                                   .sortKey = static_cast<qint64>(row.at.count())};
             }},
        {.key = u"shown"_s,
         //: column title: when a line stood on the screen
         .title = [] { return tr("Shown"); },
         .cell = [](const Row &row, Instant now) { return ageCell(row.started + row.at, now); },
         .ages = true,
         .type = FilterType::Time},
    };
}

}
