#include "models/activity/fleet_notices.h"

#include <QUrl>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    // By the word: to the API a silent node is a lost one.
    QString addressOf(PingState state)
    {
        const FilterToken token {u"ping"_s, FilterOperator::Equals, {PingWords::key(state)}};
        return u"fleet?filter="_s + QString::fromLatin1(QUrl::toPercentEncoding(token.text()));
    }
}

FleetNotices::FleetNotices(FleetViewModel &fleet, NoticeList &notices, QObject *parent)
    : QObject(parent),
      m_fleet(fleet),
      m_notices(notices)
{
    connect(&fleet, &FleetViewModel::countsChanged, this, &FleetNotices::compare);
    connect(&fleet, &FleetViewModel::loadedChanged, this, &FleetNotices::compare);
    compare();
}

void FleetNotices::compare()
{
    if (!m_fleet.isLoaded())
        return;
    const FleetCounts now = m_fleet.counts();
    const FleetCounts before = m_before.value_or(now);
    m_before = now;
    if (const int lost = now.lost - before.lost; lost > 0)
        tell(
            NoticeKind::NodeLost, StateKind::ConnectionLost, u"lost"_s, lost,
            [](int nodes) { return tr("%n node(s) lost the connection", nullptr, nodes); },
            addressOf(PingState::ConnectionLost));
    if (const int held = now.quarantined - before.quarantined; held > 0)
        tell(
            NoticeKind::NodeLost, StateKind::Quarantined, u"quarantined"_s, held,
            [](int nodes) { return tr("%n node(s) went into quarantine", nullptr, nodes); },
            addressOf(PingState::Quarantined));
    if (const int joined = now.total - before.total; joined > 0)
        tell(
            NoticeKind::Activation, StateKind::Success, u"joined"_s, joined,
            [](int nodes) { return tr("%n node(s) enrolled", nullptr, nodes); }, u"fleet"_s);
}

void FleetNotices::tell(NoticeKind kind, StateKind state, const QString &about, int nodes,
                        QString (*titleOf)(int nodes), const QString &address)
{
    Notice notice;
    notice.kind = kind;
    notice.state = state;
    notice.about = about;
    notice.title = titleOf(nodes);
    notice.amount = nodes;
    notice.titleOf = titleOf;
    notice.address = address;
    notice.action = tr("Show");
    notice.at = m_fleet.now();
    m_notices.add(notice);
}

}
