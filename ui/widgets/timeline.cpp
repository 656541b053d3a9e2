#include "ui/widgets/timeline.h"

#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/theme/flagbridge_style.h"

#include <QAbstractListModel>
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTextLayout>

namespace fb {

namespace {

    constexpr int kEntryRole = Qt::UserRole + 1; // int: its row; the delegate asks the model
    constexpr qsizetype kTextChars = 1000;
    constexpr int kMostLines = 4;
}

class TimelineModel final : public QAbstractListModel
{
public:
    using QAbstractListModel::QAbstractListModel;

    QList<TimelineEntry> entries;

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(entries.size());
    }

    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const TimelineEntry &entry = entries[index.row()];
        switch (role) {
        case Qt::DisplayRole:
            return visibleText(entry.text, kTextChars);
        case Qt::ToolTipRole:
            return RelativeTime::exact(entry.at);
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1 %2 %3")
                .arg(RelativeTime::exact(entry.at), visibleText(entry.text, kTextChars),
                     visibleText(entry.detail, kTextChars));
        case kEntryRole:
            return index.row();
        default:
            return {};
        }
    }

    // The day is told once, where it changes.
    bool startsDay(int row) const
    {
        return row == 0 || RelativeTime::dateOf(entries[row].at) != RelativeTime::dateOf(entries[row - 1].at);
    }

    void set(const QList<TimelineEntry> &next)
    {
        if (next == entries)
            return;
        // Mostly, entries are added at one end: those that stay keep their index, and so the current one its place.
        const qsizetype added = next.size() - entries.size();
        if (!entries.isEmpty() && added > 0 && next.sliced(added) == entries) {
            beginInsertRows({}, 0, static_cast<int>(added) - 1);
            entries = next;
            endInsertRows();
        } else if (!entries.isEmpty() && added > 0 && next.first(entries.size()) == entries) {
            beginInsertRows({}, static_cast<int>(entries.size()), static_cast<int>(next.size()) - 1);
            entries = next;
            endInsertRows();
        } else {
            beginResetModel();
            entries = next;
            endResetModel();
        }
    }
};

namespace {

    class TimelineDelegate final : public QStyledItemDelegate
    {
    public:
        TimelineDelegate(const TimelineModel &model, QListView *view)
            : QStyledItemDelegate(view),
              m_model(model),
              m_view(view)
        {
        }

        QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
        {
            const Theme &theme = themeOf(m_view);
            const Metrics &m = theme.metrics();
            const QFontMetrics words(theme.font(TextRole::Body));
            const int room = textRoom(theme, m_view->viewport()->width());
            const TimelineEntry &entry = m_model.entries[index.row()];
            const QRect needed = words.boundingRect(QRect(0, 0, room, 10000),
                                                    Qt::TextWrapAnywhere | Qt::TextWordWrap, whole(entry));
            // Of these letters: a fallback font's lines may be higher than the interface font's.
            const int line = words.boundingRect(QRect(0, 0, 100000, 10000), 0, whole(entry)).height();
            const int lines = std::clamp(needed.height() / std::max(1, line), 1, kMostLines);
            return {m_view->viewport()->width(), m.line() + m.step(1) + m.step(3.5) + (lines - 1) * m.line()};
        }

        void paint(QPainter *painter, const QStyleOptionViewItem &option,
                   const QModelIndex &index) const override
        {
            const Theme &theme = themeOf(m_view);
            const Metrics &m = theme.metrics();
            const TimelineEntry &entry = m_model.entries[index.row()];
            const QRect rect = option.rect;
            painter->save();
            if ((option.state & QStyle::State_HasFocus) && m_view->hasFocus())
                drawFocusRing(painter, theme, rect.adjusted(2, 2, -2, -2), Metrics::kChipRadius);
            const int disc = m.line() + m.step(1);
            const int timeWidth = timeColumn(theme);
            const QRect round(rect.left() + timeWidth + m.step(3), rect.top() + m.step(1), disc, disc);
            // The thread runs from disc to disc.
            painter->setPen(QPen(theme.color(Token::BorderStrong), 1));
            const int x = round.center().x();
            if (index.row() > 0)
                painter->drawLine(x, rect.top(), x, round.top() - 1);
            if (index.row() + 1 < m_model.rowCount())
                painter->drawLine(x, round.bottom() + 1, x, rect.bottom() + 1);
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(entry.tone == Tone::Neutral ? theme.color(Token::SelectionIdle)
                                                          : theme.toneSoft(entry.tone));
            painter->drawEllipse(round);
            const int icon = Metrics::kChipIcon;
            painter->drawPixmap(round.center().x() - icon / 2 + 1, round.center().y() - icon / 2 + 1,
                                theme.pixmap(entry.icon, theme.toneText(entry.tone), icon,
                                             m_view->devicePixelRatioF(), Stroke::Status));

            const QRect time(rect.left(), round.top(), timeWidth, disc);
            painter->setFont(theme.font(TextRole::Small));
            painter->setPen(theme.color(Token::Text3));
            const QString shownTime = m_model.startsDay(index.row()) ? RelativeTime::dayAndClock(entry.at)
                                                                     : RelativeTime::clock(entry.at);
            painter->drawText(time, Qt::AlignRight | Qt::AlignVCenter, shownTime);

            painter->setFont(theme.font(TextRole::Body));
            const int lead = (disc - painter->fontMetrics().height()) / 2;
            QRect room(round.right() + m.step(3), round.top() + lead, textRoom(theme, rect.width()),
                       rect.bottom() - round.top() - lead);
            paintWords(painter, theme, room, entry);
            painter->restore();
        }

    private:
        static QString whole(const TimelineEntry &entry)
        {
            return entry.detail.isEmpty()
                ? visibleText(entry.text, kTextChars)
                : QStringLiteral("%1  %2").arg(visibleText(entry.text, kTextChars),
                                               visibleText(entry.detail, kTextChars));
        }

        static int timeColumn(const Theme &theme)
        {
            return QFontMetrics(theme.font(TextRole::Small))
                .horizontalAdvance(QStringLiteral("00 September, 00:00:00"));
        }

        static int textRoom(const Theme &theme, int width)
        {
            const Metrics &m = theme.metrics();
            return std::max(m.lines(8), width - timeColumn(theme) - m.line() - m.step(1) - m.step(9));
        }

        // Text and detail as one wrapped paragraph in two colours.
        static void paintWords(QPainter *painter, const Theme &theme, const QRect &room,
                               const TimelineEntry &entry)
        {
            const QString text = visibleText(entry.text, kTextChars);
            const QString detail = visibleText(entry.detail, kTextChars);
            QTextLayout layout(whole(entry), painter->font());
            QTextOption wrap;
            wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
            layout.setTextOption(wrap);
            QTextCharFormat first;
            first.setForeground(theme.color(Token::Text));
            QTextCharFormat second;
            second.setForeground(theme.color(Token::Text2));
            layout.setFormats({{0, static_cast<int>(text.size()), first},
                               {static_cast<int>(text.size()),
                                static_cast<int>(detail.isEmpty() ? 0 : detail.size() + 2), second}});
            layout.beginLayout();
            double y = 0;
            for (int number = 0; number < kMostLines; ++number) {
                QTextLine line = layout.createLine();
                if (!line.isValid())
                    break;
                line.setLineWidth(room.width());
                line.setPosition({0, y});
                y += theme.metrics().line();
            }
            layout.endLayout();
            layout.draw(painter, room.topLeft());
        }

        const TimelineModel &m_model;
        QListView *m_view;
    };
}

Timeline::Timeline(const QString &objectName, QWidget *parent)
    : QListView(parent),
      m_model(new TimelineModel(this))
{
    setObjectName(objectName);
    setModel(m_model);
    setItemDelegate(new TimelineDelegate(*m_model, this));
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::NoSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    viewport()->setAutoFillBackground(false);
    connect(this, &QListView::doubleClicked, this, [this](const QModelIndex &index) {
        if (const QString address = m_model->entries[index.row()].address; !address.isEmpty())
            emit opened(address);
    });
}

void Timeline::setEntries(const QList<TimelineEntry> &entries) { m_model->set(entries); }

int Timeline::count() const { return m_model->rowCount(); }

QString Timeline::textOf(int row) const
{
    if (row < 0 || row >= count())
        return {};
    const TimelineEntry &entry = m_model->entries[row];
    const QString text = QStringLiteral("%1  %2").arg(RelativeTime::exact(entry.at), entry.text);
    return entry.detail.isEmpty() ? text : QStringLiteral("%1  %2").arg(text, entry.detail);
}

void Timeline::keyPressEvent(QKeyEvent *event)
{
    const int row = currentIndex().row();
    if (event->matches(QKeySequence::Copy) && row >= 0) {
        QGuiApplication::clipboard()->setText(textOf(row));
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && row >= 0
        && !m_model->entries[row].address.isEmpty()) {
        emit opened(m_model->entries[row].address);
        return;
    }
    QListView::keyPressEvent(event);
}

void Timeline::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout(); // wrapped lines
}

void Timeline::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        scheduleDelayedItemsLayout();
}

}
