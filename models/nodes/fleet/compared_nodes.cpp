#include "models/nodes/fleet/compared_nodes.h"

#include "models/table/visible_text.h"

#include <QRegularExpression>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kNameChars = 60;
    constexpr qsizetype kIdEnd = 5; // characters that tell two of one name apart
}

ComparedNodes::ComparedNodes(FleetViewModel &fleet, const QString &nodeId, QObject *parent)
    : QObject(parent),
      m_fleet(fleet),
      m_own(nodeId)
{
    connect(&m_fleet, &FleetViewModel::nodesChanged, this, &ComparedNodes::lookAtNames);
    connect(&m_fleet, &FleetViewModel::loadedChanged, this, &ComparedNodes::lookAtNames);
}

void ComparedNodes::setOthers(const QStringList &nodeIds)
{
    static const QRegularExpression kId(u"\\Ami-[0-9a-f]{17}\\z"_s);
    QStringList others;
    for (const QString &id : nodeIds) {
        if (others.size() < kMost && id != m_own && !others.contains(id) && kId.match(id).hasMatch())
            others << id;
    }
    if (others == m_others)
        return;
    m_others = others;
    m_names = names();
    emit changed();
}

void ComparedNodes::remove(const QString &nodeId)
{
    QStringList others = m_others;
    others.removeAll(nodeId);
    setOthers(others);
}

QStringList ComparedNodes::names() const
{
    const QStringList ids = all();
    QStringList names;
    for (const QString &id : ids) {
        const NodeRow *row = m_fleet.nodes().node(id);
        names << (row ? visibleText(row->name, kNameChars) : id);
    }
    const QStringList plain = names;
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (plain.count(plain[i]) > 1)
            names[i] = u"%1 (\u2026%2)"_s.arg(plain[i], ids[i].right(kIdEnd));
    }
    return names;
}

void ComparedNodes::lookAtNames()
{
    if (m_others.isEmpty())
        return;
    const QStringList now = names();
    if (std::exchange(m_names, now) != now)
        emit changed();
}

}
