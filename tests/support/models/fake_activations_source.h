#pragma once
// Activations of the test's choice.

#include "models/nodes/activations/activations_source.h"
#include "tests/support/models/fake_list_source.h"

namespace fb::test {

class FakeActivationsSource : public FakeListSource<ActivationRow, ActivationsSource>
{
public:
    void remove(const QString &id, std::function<void(const ShownError &problem)> done) override;

    static QList<ActivationRow> sample(Instant now); // active, full, expired, hostile
    QStringList removed;
    ShownError refusal; // of the next remove
};

}
