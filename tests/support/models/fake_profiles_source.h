#pragma once
// Node profiles of the test's choice.

#include "models/nodes/profiles/profiles_source.h"
#include "tests/support/models/fake_list_source.h"

namespace fb::test {

class FakeProfilesSource : public FakeListSource<ProfileRow, ProfilesSource>
{
public:
    void save(const ProfileRow &profile, bool isNew, Done done) override;
    void remove(const QString &name, Done done) override;
    void setForNewNodes(const QString &name, Done done) override;

    static QList<ProfileRow> sample(Instant now); // Default, strict (for new nodes), one that is not used
    QList<QPair<ProfileRow, bool>> saves; // and whether it was new
    QStringList removes;
    QStringList newNodes;
    ShownError refusal; // of the next wish

private:
    void answer(const Done &done, std::function<void()> whenDone);
};

}
