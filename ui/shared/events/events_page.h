#pragma once
// Shared > Events: what happens in the fleet as it happens, paused by Space, with each event's JSON (spec/events-and-metrics.md 5). Ui thread.

#include "models/shared/events/events_view_model.h"
#include "ui/records/record_page.h"

namespace fb {

class EventsPage : public RecordPage
{
    Q_OBJECT
public:
    explicit EventsPage(EventsViewModel &events, QWidget *parent = nullptr);

private:
    RecordPageSetup setup(EventsViewModel &events);
};

}
