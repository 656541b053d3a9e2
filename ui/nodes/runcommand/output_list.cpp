#include "ui/nodes/runcommand/output_list.h"

#include "ui/theme/theme.h"
#include "ui/widgets/state_look.h"

#include <QAbstractListModel>
#include <QPainter>
#include <QStyledItemDelegate>

namespace fb {

namespace {

    struct Entry {
        QString group; // key, or empty
        QString node; // a running node, or empty
        StateKind kind = StateKind::None;
        QString title; // "147 nodes"
        QString detail; // "exit 0"
        QString side; // "largest", "7 lines differ"
        QStringList preview;
        bool selectable = true;
        bool operator==(const Entry &) const = default;
    };

    QStringList firstLines(const QString &text, int count)
    {
        QStringList lines;
        for (qsizetype from = 0; from < text.size() && lines.size() < count;) {
            qsizetype end = text.indexOf(u'\n', from);
            if (end < 0)
                end = text.size();
            const QString line = text.mid(from, qMin<qsizetype>(end - from, 300));
            if (!line.trimmed().isEmpty())
                lines << line;
            from = end + 1;
        }
        return lines;
    }
}

class OutputListModel final : public QAbstractListModel
{
public:
    using QAbstractListModel::QAbstractListModel;
    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const Entry &entry = m_entries[index.row()];
        if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
            return QStringLiteral("%1, %2. %3").arg(entry.title, entry.detail, entry.preview.join(u' '));
        return {};
    }
    Qt::ItemFlags flags(const QModelIndex &index) const override
    {
        return entry(index.row()).selectable ? QAbstractListModel::flags(index) : Qt::NoItemFlags;
    }
    const Entry &entry(int row) const { return m_entries[row]; }
    bool apply(const QList<Entry> &entries)
    {
        if (entries == m_entries)
            return false;
        beginResetModel();
        m_entries = entries;
        endResetModel();
        return true;
    }

private:
    QList<Entry> m_entries;
};

namespace {

    class OutputListDelegate final : public QStyledItemDelegate
    {
    public:
        OutputListDelegate(const OutputListModel *model, QObject *parent)
            : QStyledItemDelegate(parent),
              m_model(model)
        {
        }

        QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
        {
            const Metrics &m = themeOf(option.widget).metrics();
            const Entry &entry = m_model->entry(index.row());
            if (!entry.selectable)
                return {100, m.line() + m.step(2.5)};
            return {100, m.line() + m.step(5) + static_cast<int>(entry.preview.size()) * (m.line() - 1)};
        }

        void paint(QPainter *painter, const QStyleOptionViewItem &option,
                   const QModelIndex &index) const override
        {
            const Theme &theme = themeOf(option.widget);
            const Metrics &m = theme.metrics();
            const Entry &entry = m_model->entry(index.row());
            const QRect r = option.rect;
            painter->save();
            if (entry.selectable) {
                const bool selected = option.state & QStyle::State_Selected;
                painter->fillRect(r,
                                  theme.color(selected                                     ? Token::Selection
                                                  : option.state & QStyle::State_MouseOver ? Token::Hover
                                                                                           : Token::Base));
                painter->fillRect(QRect(r.left(), r.bottom(), r.width(), 1), theme.color(Token::RowLine));
                if (selected)
                    painter->fillRect(QRect(r.left(), r.top(), 3, r.height()), theme.color(Token::Accent));
            }
            const StateLook look = lookOf(entry.kind);
            QRect line(r.left() + m.step(4), r.top() + m.step(2.5), r.width() - m.step(8), m.line());
            painter->drawPixmap(line.left(), line.top() + (line.height() - Metrics::kIcon) / 2,
                                theme.pixmap(look.icon, theme.toneText(look.tone), Metrics::kIcon,
                                             painter->device()->devicePixelRatioF(), Stroke::Status));
            int x = line.left() + Metrics::kIcon + m.step(2);
            painter->setFont(theme.font(entry.selectable ? TextRole::SectionHeading : TextRole::Body));
            painter->setPen(theme.color(entry.selectable ? Token::Text : Token::Text2));
            painter->drawText(QRect(x, line.top(), line.right() - x, line.height()), Qt::AlignVCenter,
                              entry.title);
            x += painter->fontMetrics().horizontalAdvance(entry.title) + m.step(2);
            painter->setFont(theme.font(TextRole::Body));
            painter->setPen(theme.color(Token::Text2));
            painter->drawText(QRect(x, line.top(), line.right() - x, line.height()), Qt::AlignVCenter,
                              entry.detail);
            painter->setFont(theme.font(TextRole::Small));
            painter->setPen(theme.color(Token::Text3));
            painter->drawText(line, Qt::AlignVCenter | Qt::AlignRight, entry.side);
            painter->setFont(theme.font(TextRole::Code));
            painter->setPen(theme.color(Token::Text2));
            int y = line.bottom() + 1;
            for (const QString &text : entry.preview) {
                painter->drawText(QRect(line.left(), y, line.width(), m.line() - 1),
                                  Qt::AlignVCenter | Qt::TextSingleLine,
                                  painter->fontMetrics().elidedText(text, Qt::ElideRight, line.width()));
                y += m.line() - 1;
            }
            painter->restore();
        }

    private:
        const OutputListModel *m_model;
    };
}

OutputList::OutputList(RunViewModel &run, QWidget *parent)
    : QListView(parent),
      m_run(run),
      m_model(new OutputListModel(this))
{
    setObjectName(QStringLiteral("outputList"));
    setAccessibleName(tr("Outputs"));
    setModel(m_model);
    setItemDelegate(new OutputListDelegate(m_model, this));
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&m_run, &RunViewModel::groupsChanged, this, &OutputList::rebuild);
    rebuild();
}

void OutputList::rebuild()
{
    constexpr int kMostLive = 50; // printing nodes shown one by one
    const QString group = currentGroup();
    const QString node = currentNode();
    QList<Entry> entries;
    const QList<OutputGroup> &groups = m_run.groups();
    for (qsizetype i = 0; i < groups.size(); ++i) {
        const OutputGroup &one = groups[i];
        Entry entry {.group = one.key,
                     .node = {},
                     .kind = one.kind,
                     .title = {},
                     .detail = {},
                     .side = {},
                     .preview = {}};
        const InvocationRow *row
            = one.nodeIds.size() == 1 ? m_run.invocations().invocation(one.nodeIds.first()) : nullptr;
        entry.title = row ? row->nodeName : tr("%n node(s)", nullptr, static_cast<int>(one.nodeIds.size()));
        entry.detail
            = one.responseCode >= 0 && (one.kind == StateKind::Success || one.kind == StateKind::Failed)
            ? tr("exit %1").arg(one.responseCode)
            : RunWords::word(one.details);
        if (groups.size() > 1 && i == 0)
            entry.side = tr("largest");
        else if (one.onlyErrors)
            entry.side = QStringLiteral("stderr");
        else if (one.linesThatDiffer > 0)
            entry.side = tr("%n line(s) differ", nullptr, one.linesThatDiffer);
        entry.preview = firstLines(one.text, 2);
        if (entry.preview.isEmpty())
            entry.preview << (row && !row->note.isEmpty() ? row->note : tr("No output"));
        entries << entry;
    }
    int silent = 0;
    int waiting = 0;
    int live = 0;
    for (const InvocationRow &row : m_run.invocations().all()) {
        const StateKind kind = RunWords::kind(row.details);
        waiting += kind == StateKind::Waiting;
        if (kind != StateKind::Running)
            continue;
        const QString text = m_run.output().text(row.nodeId);
        if (text.isEmpty() || ++live > kMostLive) {
            ++silent;
            continue;
        }
        QStringList lines = text.right(400).trimmed().split(u'\n');
        entries.append({.group = {},
                        .node = row.nodeId,
                        .kind = kind,
                        .title = row.nodeName,
                        .detail = RunWords::word(row.details),
                        .side = tr("live"),
                        .preview = lines.mid(qMax<qsizetype>(0, lines.size() - 2))});
    }
    if (silent > 0)
        entries.append(
            {.group = {},
             .node = {},
             .kind = StateKind::Running,
             .title = tr("%n running", nullptr, silent),
             .detail = live > kMostLive ? tr("more are still printing") : tr("have sent nothing yet"),
             .side = {},
             .preview = {},
             .selectable = false});
    if (waiting > 0)
        entries.append({.group = {},
                        .node = {},
                        .kind = StateKind::Waiting,
                        .title = tr("%n waiting", nullptr, waiting),
                        .detail = tr("for their turn or their node"),
                        .side = {},
                        .preview = {},
                        .selectable = false});
    m_rebuilding = true;
    const bool changed = m_model->apply(entries);
    int wanted = -1;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const Entry &entry = m_model->entry(row);
        const OutputGroup *itsGroup = m_run.group(entry.group);
        if ((!group.isEmpty() && entry.group == group) || (!node.isEmpty() && entry.node == node)
            || (!node.isEmpty() && itsGroup
                && itsGroup->nodeIds.contains(node))) { // a printing node has ended
            wanted = row;
            break;
        }
    }
    if (wanted < 0 && m_model->rowCount() > 0 && m_model->entry(0).selectable)
        wanted = 0;
    if (changed && wanted >= 0)
        setCurrentIndex(m_model->index(wanted));
    m_rebuilding = false;
    if (changed) {
        emit rebuilt();
        emit currentChosen();
    }
}

int OutputList::groupCount() const { return static_cast<int>(m_run.groups().size()); }

QString OutputList::currentGroup() const
{
    return currentIndex().isValid() ? m_model->entry(currentIndex().row()).group : QString();
}

QString OutputList::currentNode() const
{
    return currentIndex().isValid() ? m_model->entry(currentIndex().row()).node : QString();
}

void OutputList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (!m_rebuilding)
        emit currentChosen();
}

}
