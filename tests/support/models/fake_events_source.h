#pragma once
// Events of the test's choice.

#include "models/shared/events/events_view_model.h"
#include "tests/support/models/fake_list_source.h"

namespace fb::test {

class FakeEventsSource : public FakeListSource<EventRow>
{
public:
    static EventRow event(qint64 sequence, Instant time); // its kind goes round with the sequence
    static QList<EventRow> sample(Instant now); // 40 events
};

}
