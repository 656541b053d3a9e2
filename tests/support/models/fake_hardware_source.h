#pragma once
// Possible clones of the test's choice.

#include "models/nodes/fleet/hardware_source.h"
#include "tests/support/models/fake_list_source.h"

namespace fb::test {

class FakeHardwareSource : public FakeListSource<HardwareRow, HardwareSource>
{
public:
    void decide(const QString &id, HardwareWord word,
                std::function<void(const ShownError &problem)> done) override;

    static QList<HardwareRow>
    sample(Instant now); // another machine, connected twice, changed; the last one hostile
    QList<QPair<QString, HardwareWord>> decided;
    ShownError refusal; // of the next word
};

}
