#include "models/nodes/sessions/pane_layout.h"

#include <QJsonArray>
#include <QSet>

#include <cmath>
#include <functional>
#include <numeric>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    using Part = PaneLayout::Part;

    constexpr int kDeepest = 12;

    void collect(const Part &part, QList<int> &panes)
    {
        if (part.pane != 0)
            panes << part.pane;
        for (const Part &each : part.parts)
            collect(each, panes);
    }

    Part *find(Part &part, int pane)
    {
        if (part.pane == pane)
            return &part;
        for (Part &each : part.parts) {
            if (Part *found = find(each, pane))
                return found;
        }
        return nullptr;
    }

    Part *parentOf(Part &part, int pane, qsizetype &at)
    {
        for (at = 0; at < part.parts.size(); ++at) {
            if (part.parts[at].pane == pane)
                return &part;
        }
        for (Part &each : part.parts) {
            if (Part *found = parentOf(each, pane, at))
                return found;
        }
        return nullptr;
    }

    void renumber(Part &part, const QHash<int, int> &numbers)
    {
        if (part.pane != 0)
            part.pane = numbers.value(part.pane);
        for (Part &each : part.parts)
            renumber(each, numbers);
    }

    void makeWhole(QList<double> &shares)
    {
        const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
        for (double &share : shares)
            share = sum > 0 ? share / sum : 1.0 / static_cast<double>(shares.size());
    }

    Part line(Qt::Orientation orientation, const QList<Part> &parts)
    {
        if (parts.size() == 1)
            return parts.first();
        return {.orientation = orientation,
                .parts = parts,
                .shares = QList<double>(parts.size(), 1.0 / static_cast<double>(parts.size()))};
    }

    QJsonObject write(const Part &part)
    {
        if (part.pane != 0)
            return {{u"pane"_s, part.pane}};
        QJsonArray parts;
        QJsonArray shares;
        for (const Part &each : part.parts)
            parts << write(each);
        for (const double share : part.shares)
            shares << share;
        return {{part.orientation == Qt::Horizontal ? u"beside"_s : u"below"_s, parts},
                {u"shares"_s, shares}};
    }

    std::optional<Part> read(const QJsonObject &json, int depth)
    {
        if (const int pane = json.value(u"pane"_s).toInt(); pane > 0)
            return Part {.pane = pane};
        Part part;
        part.orientation = json.contains(u"below"_s) ? Qt::Vertical : Qt::Horizontal;
        const QJsonArray parts
            = json.value(part.orientation == Qt::Vertical ? u"below"_s : u"beside"_s).toArray();
        const QJsonArray shares = json.value(u"shares"_s).toArray();
        if (depth > kDeepest || parts.size() < 2 || parts.size() > PaneLayout::kMostPanes
            || shares.size() != parts.size())
            return std::nullopt;
        for (qsizetype i = 0; i < parts.size(); ++i) {
            const auto inner = read(parts[i].toObject(), depth + 1);
            const double share = shares[i].toDouble(-1);
            if (!inner || !(share >= 0 && share <= 1))
                return std::nullopt;
            part.parts << *inner;
            part.shares << share;
        }
        makeWhole(part.shares);
        return part;
    }
}

PaneLayout PaneLayout::grid(const QList<int> &panes)
{
    PaneLayout layout;
    if (panes.isEmpty())
        return layout;
    const auto across = static_cast<qsizetype>(std::ceil(std::sqrt(static_cast<double>(panes.size()))));
    QList<Part> rows;
    for (qsizetype first = 0; first < panes.size(); first += across) {
        QList<Part> row;
        for (const int pane : panes.mid(first, across))
            row << Part {.pane = pane};
        rows << line(Qt::Horizontal, row);
    }
    layout.m_root = line(Qt::Vertical, rows);
    return layout;
}

QList<int> PaneLayout::panes() const
{
    QList<int> panes;
    collect(m_root, panes);
    return panes;
}

void PaneLayout::split(int pane, Qt::Orientation orientation, int added, bool before)
{
    qsizetype at = 0;
    if (Part *parent = parentOf(m_root, pane, at); parent && parent->orientation == orientation) {
        const double half = parent->shares[at] / 2; // a row goes on as a row
        parent->shares[at] = half;
        parent->shares.insert(at, half);
        parent->parts.insert(before ? at : at + 1, Part {.pane = added});
        return;
    }
    if (Part *found = find(m_root, pane)) {
        const Part old {.pane = pane};
        const Part fresh {.pane = added};
        *found = line(orientation, before ? QList<Part> {fresh, old} : QList<Part> {old, fresh});
    }
}

void PaneLayout::remove(int pane)
{
    if (m_root.pane == pane) {
        m_root = {};
        return;
    }
    qsizetype at = 0;
    Part *parent = parentOf(m_root, pane, at);
    if (!parent)
        return;
    parent->parts.removeAt(at);
    parent->shares.removeAt(at);
    makeWhole(parent->shares);
    if (parent->parts.size() == 1) {
        const Part last = parent->parts.first();
        *parent = last;
    }
}

PaneLayout PaneLayout::renumbered(const QHash<int, int> &numbers) const
{
    PaneLayout layout = *this;
    renumber(layout.m_root, numbers);
    return layout;
}

void PaneLayout::setShares(const QList<int> &path, const QList<double> &shares)
{
    Part *part = &m_root;
    for (const int at : path) {
        if (at < 0 || at >= part->parts.size())
            return;
        part = &part->parts[at];
    }
    if (shares.size() != part->parts.size() || shares.isEmpty())
        return;
    part->shares = shares;
    makeWhole(part->shares);
}

QJsonObject PaneLayout::toJson() const { return write(m_root); }

std::optional<PaneLayout> PaneLayout::fromJson(const QJsonObject &json)
{
    const auto root = read(json, 0);
    if (!root)
        return std::nullopt;
    PaneLayout layout;
    layout.m_root = *root;
    const QList<int> panes = layout.panes();
    if (panes.size() > kMostPanes || QSet<int>(panes.begin(), panes.end()).size() != panes.size())
        return std::nullopt;
    return layout;
}

}
