#include "models/nodes/tools/accounts_view_model.h"

#include "models/nodes/tools/process_source.h"

#include <QSet>

namespace fb {

namespace {

    template <typename Row>
    void show(ValueTableModel<Row> &table, const QList<Row> &rows, Instant now)
    {
        QSet<QString> here;
        for (const Row &row : rows)
            here.insert(row.id());
        QStringList gone;
        for (const Row &row : table.values()) {
            if (!here.contains(row.id()))
                gone << row.id();
        }
        table.remove(gone);
        table.setNow(now);
        table.apply(rows);
    }
}

AccountsViewModel::AccountsViewModel(AccountSource &source, const QString &nodeId, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_nodeId(nodeId),
      m_accounts([](const AccountRow &row) { return row.id(); }, AccountColumns::all()),
      m_groups([](const GroupRow &row) { return row.id(); }, GroupColumns::all())
{
    m_pace.setSingleShot(true);
    m_pace.setInterval(kInterval);
    connect(&m_pace, &QTimer::timeout, this, &AccountsViewModel::readNow);
}

AccountsViewModel::~AccountsViewModel() { m_source.close(m_nodeId); }

bool AccountsViewModel::isCut() const
{
    return m_snapshot.accountTotal > m_snapshot.accounts.size()
        || m_snapshot.groupTotal > m_snapshot.groups.size();
}

void AccountsViewModel::setLooking(bool looking)
{
    if (std::exchange(m_isLooking, looking) == looking)
        return;
    if (looking)
        readNow();
    else
        m_pace.stop();
}

void AccountsViewModel::readNow()
{
    if (std::exchange(m_isAsking, true)) {
        m_isStale = true;
        return;
    }
    m_isStale = false;
    m_source.list(m_nodeId, this, [this](const ShownError &problem, const AccountSnapshot &snapshot) {
        m_isAsking = false;
        take(problem, snapshot);
        if (m_isStale)
            readNow();
        else if (m_isLooking)
            m_pace.start();
    });
}

void AccountsViewModel::take(const ShownError &problem, const AccountSnapshot &snapshot)
{
    m_problem = problem;
    if (problem.isEmpty()) {
        m_state = State::Live;
        m_snapshot = snapshot;
        m_asOf = m_source.now();
        show(m_accounts, snapshot.accounts, m_asOf);
        show(m_groups, snapshot.groups, m_asOf);
    } else {
        m_state = problem.code == QLatin1StringView(kNotConnected) ? State::Offline : State::Failed;
    }
    emit changed();
}

void AccountsViewModel::perform(const AccountDeed &deed)
{
    AccountDeed told = deed; // what is told of it afterwards needs no password
    told.password.clear();
    m_source.perform(m_nodeId, deed, this, [this, told](const ShownError &problem) {
        if (!problem.isEmpty())
            emit refused(told, problem);
        else
            emit done(told);
        m_pace.stop();
        readNow();
    });
}

}
