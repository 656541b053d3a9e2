#include "ui/nodes/sessions/place_list.h"

#include "models/nodes/sessions/playback_time.h"
#include "models/table/plain_tool_tip.h"
#include "models/table/visible_text.h"
#include "ui/theme/flagbridge_style.h"

#include <QAbstractListModel>
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace fb {

class PlaceListModel final : public QAbstractListModel
{
public:
    using QAbstractListModel::QAbstractListModel;

    QList<RecordingPlace> places;

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(places.size());
    }

    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const RecordingPlace &place = places[index.row()];
        if (role == Qt::DisplayRole)
            return visibleText(place.text);
        if (role == Qt::ToolTipRole)
            return plainToolTip(visibleText(place.text));
        if (role == Qt::AccessibleTextRole)
            return QStringLiteral("%1 %2").arg(playbackTime(place.at), visibleText(place.text));
        return {};
    }

    void set(const QList<RecordingPlace> &next)
    {
        if (next == places)
            return;
        beginResetModel();
        places = next;
        endResetModel();
    }
};

namespace {

    class PlaceDelegate final : public QStyledItemDelegate
    {
    public:
        PlaceDelegate(const PlaceListModel &model, QListView *view)
            : QStyledItemDelegate(view),
              m_model(model),
              m_view(view)
        {
        }

        QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
        {
            return {m_view->viewport()->width(), themeOf(m_view).metrics().compactRow()};
        }

        void paint(QPainter *painter, const QStyleOptionViewItem &option,
                   const QModelIndex &index) const override
        {
            const Theme &theme = themeOf(m_view);
            const Metrics &m = theme.metrics();
            const RecordingPlace &place = m_model.places[index.row()];
            const bool isCurrent = (option.state & QStyle::State_Selected) != 0;
            if (isCurrent)
                painter->fillRect(option.rect,
                                  theme.color(m_view->hasFocus() ? Token::Selection : Token::SelectionIdle));
            else if ((option.state & QStyle::State_MouseOver) != 0)
                painter->fillRect(option.rect, theme.color(Token::Hover));
            QRect room = option.rect.adjusted(m.step(1), 0, -m.step(1), 0);
            const QRect icon(room.left(), room.center().y() - Metrics::kChipIcon / 2, Metrics::kChipIcon,
                             Metrics::kChipIcon);
            if (place.icon != Icon::None) {
                painter->drawPixmap(icon.topLeft(),
                                    theme.pixmap(place.icon, theme.toneText(place.tone), Metrics::kChipIcon,
                                                 m_view->devicePixelRatioF(), Stroke::Status));
                room.setLeft(icon.right() + m.step(2));
            }
            QRect time = room;
            time.setWidth(theme.texts().numberWidth(TextRole::Small, playbackTime(m_model.places.last().at)));
            painter->setPen(theme.color(Token::Text3));
            theme.texts().drawNumber(painter, time, TextRole::Small, playbackTime(place.at), Qt::AlignRight);
            room.setLeft(time.right() + m.step(2.5));
            painter->setPen(theme.color(Token::Text));
            theme.texts().draw(painter, room, TextRole::Body, visibleText(place.text), Qt::AlignLeft,
                               Qt::ElideRight);
        }

    private:
        const PlaceListModel &m_model;
        QListView *m_view;
    };
}

PlaceList::PlaceList(const QString &objectName, const QString &accessibleName, QWidget *parent)
    : QListView(parent),
      m_model(new PlaceListModel(this))
{
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    setModel(m_model);
    setItemDelegate(new PlaceDelegate(*m_model, this));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    viewport()->setAutoFillBackground(false);
    connect(this, &QListView::clicked, this, [this](const QModelIndex &index) { emit chosen(index.row()); });
}

void PlaceList::setPlaces(const QList<RecordingPlace> &places)
{
    m_model->set(places);
    updateGeometry();
}

void PlaceList::setCurrent(int row)
{
    const QModelIndex index = m_model->index(row);
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    if (index.isValid())
        scrollTo(index);
}

int PlaceList::count() const { return m_model->rowCount(); }

void PlaceList::keyPressEvent(QKeyEvent *event)
{
    const int row = currentIndex().row();
    if (event->matches(QKeySequence::Copy) && row >= 0) {
        const RecordingPlace &place = m_model->places[row];
        QGuiApplication::clipboard()->setText(
            QStringLiteral("%1  %2").arg(playbackTime(place.at), place.text));
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && row >= 0)
        return emit chosen(row);
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right || event->key() == Qt::Key_Space
        || !event->text().trimmed().isEmpty())
        return event->ignore(); // the page's: playing, seeking
    QListView::keyPressEvent(event);
}

void PlaceList::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        scheduleDelayedItemsLayout();
}

QSize PlaceList::sizeHint() const
{
    const Metrics &m = themeOf(this).metrics();
    return {m.detailWidth(), std::clamp(count(), 1, 8) * m.compactRow() + 2};
}

}
