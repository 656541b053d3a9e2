#include "ui/shared/events/events_page.h"

namespace fb {

using namespace Qt::StringLiterals;

RecordPageSetup EventsPage::setup(EventsViewModel &events)
{
    using Column = EventTable::Column;
    return {.address = u"events"_s,
            .title = tr("Events"),
            .tableName = tr("Events"),
            .placeholder = tr("Filter: type a word, or status=failed"),
            .emptyText = tr("Nothing has happened yet. Changes to nodes, runs, sessions and documents appear "
                            "here as they happen."),
            .problemText = tr("The events could not be read."),
            .subtitle =
                [&events](int total) {
                    return events.older().hasAny() ? tr("the newest %n", nullptr, total)
                                                   : tr("%n event(s)", nullptr, total);
                },
            .columns = {{Column::Time, CellKind::Number, 6},
                        {Column::Type, CellKind::Name, 17},
                        {Column::Status, CellKind::State, 9},
                        {Column::Resource, CellKind::Text, 12, true},
                        {Column::Source, CellKind::Text, 5, false, false},
                        {Column::Sequence, CellKind::Number, 4, false, false}},
            .sortColumn = Column::Time,
            .streams = true,
            .detail = [this, &events](const QString &id) -> std::optional<RecordDetail> {
                const EventRow *row = events.values().value(id);
                if (!row)
                    return std::nullopt;
                RecordDetail detail {.title = row->type,
                                     .id = EventTable::resourceOf(*row),
                                     .state = EventTable::kindOf(row->status),
                                     .stateWord = EventTable::wordOf(row->status),
                                     .facts = EventTable::facts(*row),
                                     .tags = {},
                                     .actions = {},
                                     .raw = row->json};
                if (const QString address = EventTable::addressOf(*row); !address.isEmpty())
                    detail.actions = {{.name = u"eventResource"_s,
                                       .text = tr("Open the resource"),
                                       .icon = Icon::NextPart,
                                       .run = [this, address] { emit navigate(address); },
                                       .forbidden = {}}};
                return detail;
            }};
}

EventsPage::EventsPage(EventsViewModel &events, QWidget *parent) : RecordPage(events, setup(events), parent)
{
}

}
