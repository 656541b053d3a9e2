#pragma once
// Users and groups of a node, of the test's choice; what is done to them is remembered.

#include "models/nodes/tools/account_source.h"

#include <QObject>

namespace fb::test {

class FakeAccountSource : public QObject, public AccountSource
{
public:
    void list(const QString &nodeId, QObject *asker, Listed listed) override;
    void perform(const QString &nodeId, const AccountDeed &deed, QObject *asker, Done done) override;
    void close(const QString &nodeId) override { closed << nodeId; }
    Instant now() const override { return m_now; }

    static AccountSnapshot sample(Instant now);
    AccountSnapshot snapshot;
    std::optional<ShownError> problem; // of every list
    std::optional<ShownError> refusal; // of the next deed
    QList<AccountDeed> deeds;
    int lists = 0;
    QStringList closed;
    Instant m_now = fromMicros(1790000000000000);
};

}
