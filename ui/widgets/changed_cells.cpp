#include "ui/widgets/changed_cells.h"

#include "models/table/cell_roles.h"

namespace fb {

namespace {
    constexpr qsizetype kMostSeen = 500; // rows; more than any screen shows
}

ChangedCells::ChangedCells(const LiveTableModel &model, QObject *parent) : QObject(parent), m_model(model)
{
    m_clock.start();
    m_fade.setSingleShot(true);
    connect(&m_fade, &QTimer::timeout, this, &ChangedCells::fade);
    connect(&model, &QAbstractItemModel::dataChanged, this, &ChangedCells::takeChange);
    connect(&model, &LiveTableModel::shownAnew, this, [this] { m_seen.clear(); });
}

void ChangedCells::see(int firstRow, int lastRow)
{
    m_first = firstRow;
    m_last = qMin(lastRow, m_model.rowCount() - 1);
    if (m_seen.size() > kMostSeen)
        m_seen.clear();
    for (int row = m_first; row <= m_last; ++row) {
        QStringList &texts = m_seen[m_model.idAt(row)];
        if (!texts.isEmpty())
            continue;
        for (int column = 0; column < m_model.columnCount(); ++column)
            texts << m_model.index(row, column).data().toString();
    }
}

void ChangedCells::takeChange(const QModelIndex &topLeft, const QModelIndex &bottomRight)
{
    for (int row = qMax(m_first, topLeft.row()); row <= qMin(m_last, bottomRight.row()); ++row) {
        const QString id = m_model.idAt(row);
        const auto seen = m_seen.find(id);
        if (seen == m_seen.end())
            continue;
        for (int column = topLeft.column(); column <= bottomRight.column() && column < seen->size();
             ++column) {
            const QString text = m_model.index(row, column).data().toString();
            if ((*seen)[column] == text)
                continue;
            (*seen)[column] = text;
            if (!m_model.ages(column))
                m_until.insert({id, column}, m_clock.elapsed() + kTintMs);
        }
    }
    if (!m_until.isEmpty() && !m_fade.isActive())
        m_fade.start(kTintMs);
}

bool ChangedCells::isTinted(const QModelIndex &index) const
{
    return !m_until.isEmpty()
        && m_until.value({index.data(IdRole).toString(), index.column()}, -1) > m_clock.elapsed();
}

void ChangedCells::fade()
{
    const qint64 now = m_clock.elapsed();
    qint64 next = -1;
    for (auto cell = m_until.begin(); cell != m_until.end();) {
        if (*cell <= now) {
            cell = m_until.erase(cell);
            continue;
        }
        next = next < 0 ? *cell : qMin(next, *cell);
        ++cell;
    }
    if (next >= 0)
        m_fade.start(static_cast<int>(next - now) + 1);
    emit faded();
}

}
