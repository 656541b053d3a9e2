#pragma once
// The users and groups of one node, read when somebody looks and after each change (spec/fleet-manager.md 3.7). When the node goes, the last
// known ones stay with their time; it is asked for again every few seconds. Ui thread.

#include "models/nodes/tools/account_source.h"
#include "models/nodes/tools/paced_reading.h"

#include <QObject>

namespace fb {

class AccountsViewModel : public QObject
{
    Q_OBJECT
public:
    enum class State { Waiting, Live, Offline, Failed };

    AccountsViewModel(AccountSource &source, const QString &nodeId, QObject *parent = nullptr);
    ~AccountsViewModel() override; // closes the channel

    ValueTableModel<AccountRow> &accounts() { return m_accounts; }
    ValueTableModel<GroupRow> &groups() { return m_groups; }
    const AccountRow *account(const QString &id) const { return m_accounts.value(id); }
    const GroupRow *group(const QString &id) const { return m_groups.value(id); }
    State state() const { return m_state; }
    const ShownError &problem() const { return m_problem; } // of Offline and Failed
    Instant asOf() const { return m_asOf; } // of what is shown; 0: nothing is yet
    bool isCut() const; // the node has more than are shown

    void setLooking(bool looking) { m_reading.setLooking(looking); }
    void readNow() { m_reading.readNow(); }
    void perform(const AccountDeed &deed);

    static constexpr std::chrono::seconds kInterval {15};

signals:
    void changed(); // state, time, what is shown
    void done(const fb::AccountDeed &deed);
    void refused(const fb::AccountDeed &deed, const fb::ShownError &problem);

private:
    void ask();
    void take(const ShownError &problem, const AccountSnapshot &snapshot);

    AccountSource &m_source;
    QString m_nodeId;
    ValueTableModel<AccountRow> m_accounts;
    ValueTableModel<GroupRow> m_groups;
    AccountSnapshot m_snapshot;
    State m_state = State::Waiting;
    ShownError m_problem;
    Instant m_asOf {};
    PacedReading m_reading;
};

}
