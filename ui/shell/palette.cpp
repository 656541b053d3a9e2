#include "ui/shell/palette.h"

#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QAbstractListModel>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace fb {

class PaletteModel final : public QAbstractListModel
{
public:
    struct Hit {
        PaletteEntry entry;
        QList<int> letters; // of the title, that the query matched
        int rank;
    };

    using QAbstractListModel::QAbstractListModel;
    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_hits.size());
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const PaletteEntry &entry = m_hits[index.row()].entry;
        if (role == Qt::DisplayRole)
            return entry.title;
        if (role == Qt::AccessibleTextRole)
            return QStringLiteral("%1, %2, %3").arg(entry.title, entry.context, entry.kind);
        return {};
    }
    const Hit &hit(int row) const { return m_hits[row]; }
    void find(const QList<PaletteEntry> &all, const QString &query)
    {
        constexpr int kMost = 200; // beyond that one types more
        beginResetModel();
        m_hits.clear();
        for (const PaletteEntry &entry : all) {
            const auto letters = Palette::match(entry.title, query);
            if (!letters && !entry.context.contains(query, Qt::CaseInsensitive))
                continue;
            const QList<int> places = letters.value_or(QList<int>());
            const int spread = places.isEmpty() ? 1000 : places.last() - static_cast<int>(places.size());
            m_hits.append({entry, places, spread});
        }
        std::stable_sort(m_hits.begin(), m_hits.end(),
                         [](const Hit &a, const Hit &b) { return a.rank < b.rank; });
        if (m_hits.size() > kMost)
            m_hits.resize(kMost, {});
        endResetModel();
    }

private:
    QList<Hit> m_hits;
};

namespace {

    class PaletteDelegate final : public QStyledItemDelegate
    {
    public:
        PaletteDelegate(const PaletteModel *model, QObject *parent)
            : QStyledItemDelegate(parent),
              m_model(model)
        {
        }
        QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
        {
            const Metrics &m = themeOf(option.widget).metrics();
            return {100, m.line() + m.step(5)};
        }
        void paint(QPainter *painter, const QStyleOptionViewItem &option,
                   const QModelIndex &index) const override
        {
            const Theme &theme = themeOf(option.widget);
            const Metrics &m = theme.metrics();
            const PaletteModel::Hit &hit = m_model->hit(index.row());
            QRect r = option.rect.adjusted(m.step(2), 0, -m.step(2), 0);
            painter->save();
            if (option.state & QStyle::State_Selected) {
                drawOutline(painter, r, Metrics::kButtonRadius, Qt::transparent,
                            theme.color(Token::Selection));
                painter->fillRect(QRect(r.left(), r.top() + 3, 3, r.height() - 6),
                                  theme.color(Token::Accent));
            }
            r.adjust(m.step(3), 0, -m.step(3), 0);
            painter->drawPixmap(r.left(), r.top() + (r.height() - Metrics::kIcon) / 2,
                                theme.pixmap(hit.entry.icon, theme.color(Token::Text2), Metrics::kIcon,
                                             painter->device()->devicePixelRatioF()));
            int x = r.left() + Metrics::kIcon + m.step(2.5);
            const QFont plain = theme.font(TextRole::BodyMedium);
            const QFont bold = theme.font(TextRole::SectionHeading);
            for (int i = 0; i < hit.entry.title.size();) { // runs of matched and other letters
                const bool matched = hit.letters.contains(i);
                int end = i + 1;
                while (end < hit.entry.title.size() && hit.letters.contains(end) == matched)
                    ++end;
                const QString run = hit.entry.title.mid(i, end - i);
                painter->setFont(matched ? bold : plain);
                painter->setPen(theme.color(matched ? Token::AccentText : Token::Text));
                painter->drawText(QRect(x, r.top(), r.right() - x, r.height()), Qt::AlignVCenter, run);
                x += painter->fontMetrics().horizontalAdvance(run);
                i = end;
            }
            painter->setFont(theme.font(TextRole::Body));
            painter->setPen(theme.color(Token::Text2));
            const int kindWidth = painter->fontMetrics().horizontalAdvance(hit.entry.kind);
            painter->drawText(r, Qt::AlignVCenter | Qt::AlignRight, hit.entry.kind);
            int right = r.right() - kindWidth - m.step(4);
            if (!hit.entry.shortcut.isEmpty()) {
                painter->setFont(theme.font(TextRole::Tiny));
                const int width = painter->fontMetrics().horizontalAdvance(hit.entry.shortcut) + m.step(2.5);
                const QRect cap(right - width, r.center().y() - m.step(2.25), width, m.step(4.5));
                drawOutline(painter, cap, Metrics::kBoxRadius, theme.color(Token::Border),
                            theme.color(Token::Sunken));
                painter->drawText(cap, Qt::AlignCenter, hit.entry.shortcut);
                right = cap.left() - m.step(2);
            }
            x += m.step(2.5);
            painter->setFont(theme.font(TextRole::Small));
            if (right > x)
                painter->drawText(
                    QRect(x, r.top(), right - x, r.height()), Qt::AlignVCenter,
                    painter->fontMetrics().elidedText(hit.entry.context, Qt::ElideRight, right - x));
            painter->restore();
        }

    private:
        const PaletteModel *m_model;
    };
}

std::optional<QList<int>> Palette::match(const QString &title, const QString &query)
{
    QList<int> places;
    if (query.isEmpty())
        return places;
    if (const qsizetype whole = title.indexOf(query, 0, Qt::CaseInsensitive); whole >= 0) {
        for (qsizetype i = 0; i < query.size(); ++i)
            places << static_cast<int>(whole + i);
        return places;
    }
    qsizetype at = 0;
    for (const QChar letter : query) {
        if (letter.isSpace())
            continue;
        at = title.indexOf(letter, at, Qt::CaseInsensitive);
        if (at < 0)
            return std::nullopt;
        places << static_cast<int>(at++);
    }
    return places;
}

Palette::Palette(std::function<QList<PaletteEntry>()> all, QWidget *window)
    : QWidget(window),
      m_all(std::move(all)),
      m_panel(new Surface(Token::Raised, this)),
      m_edit(new QLineEdit(m_panel)),
      m_list(new QListView(m_panel)),
      m_model(new PaletteModel(this))
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    setObjectName(QStringLiteral("palette"));
    m_panel->setOutline(Token::BorderStrong, Metrics::kPaletteRadius);
    m_edit->setObjectName(QStringLiteral("paletteEdit"));
    m_edit->setFrame(false);
    m_edit->setFont(theme.font(TextRole::PaletteInput));
    m_edit->setPlaceholderText(tr("Search pages, nodes and runs, or do something"));
    m_edit->setAccessibleName(tr("Search or run"));
    m_edit->setFixedHeight(m.topBar());
    m_edit->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setAccessibleName(tr("Found"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_model, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->viewport()->setAutoFillBackground(false);
    auto *column = new QVBoxLayout(m_panel);
    column->setContentsMargins(1, 1, 1, m.step(2));
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(m.step(4), 0, m.step(4), 0);
    head->setSpacing(m.step(2));
    head->addWidget(new IconLabel(Icon::Search, Token::Text2, Metrics::kIcon, m_panel));
    head->addWidget(m_edit, 1);
    column->addLayout(head);
    column->addWidget(new Divider(Qt::Horizontal, m_panel));
    column->addSpacing(m.step(1.5));
    column->addWidget(m_list, 1);
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->find(m_all(), text.trimmed());
        m_list->setCurrentIndex(m_model->index(0));
    });
    connect(m_list, &QListView::clicked, this, &Palette::runCurrent);
    window->installEventFilter(this);
    hide();
}

void Palette::open()
{
    m_focusBefore = window()->focusWidget();
    m_edit->clear();
    m_model->find(m_all(), {});
    m_list->setCurrentIndex(m_model->index(0));
    place();
    show();
    raise();
    m_edit->setFocus();
}

void Palette::place()
{
    const Metrics &m = themeOf(this).metrics();
    setGeometry(parentWidget()->rect());
    const int width = qMin(m.paletteWidth(), this->width() - 2 * m.pageMargin());
    const int height = qMin(m.lines(30), this->height() - m.step(19) - m.pageMargin());
    m_panel->setGeometry((this->width() - width) / 2, m.step(19), width, height);
}

void Palette::runCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    const std::function<void()> run = m_model->hit(current.row()).entry.run;
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus();
    if (run)
        run();
}

void Palette::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), themeOf(this).color(Token::Scrim));
}

void Palette::mousePressEvent(QMouseEvent *)
{
    hide(); // a click beside it
}

bool Palette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const int row = m_list->currentIndex().row();
        switch (key->key()) {
        case Qt::Key_Escape:
            hide();
            if (m_focusBefore)
                m_focusBefore->setFocus();
            return true;
        case Qt::Key_Up:
        case Qt::Key_Down:
            m_list->setCurrentIndex(m_model->index(
                qBound(0, row + (key->key() == Qt::Key_Down ? 1 : -1), m_model->rowCount() - 1)));
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            runCurrent();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}
