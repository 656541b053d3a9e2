#pragma once
// The events page's state: a ring of the newest 10,000 (spec/events-and-metrics.md 5). Ui thread.

#include "models/shared/events/event_row.h"
#include "models/table/list_view_model.h"

namespace fb {

using EventsSource = ListSource<EventRow>;

class EventsViewModel : public ValueListViewModel<EventRow>
{
public:
    explicit EventsViewModel(EventsSource &source, QObject *parent = nullptr)
        : ValueListViewModel(source, &EventTable::idOf, EventTable::columns(), parent)
    {
        setMostRows(kMostRows, &EventTable::orderOf);
    }

    static constexpr int kMostRows = 10'000;
};

}
