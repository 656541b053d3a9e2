#include "ui/shell/palette.h"

#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QRegularExpression>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    // The prefixes and keys, always in view.
    class PaletteFoot final : public QWidget
    {
    public:
        explicit PaletteFoot(QWidget *parent) : QWidget(parent)
        {
            const Metrics &m = themeOf(this).metrics();
            setFixedHeight(m.line() + m.step(5));
        }

    protected:
        void paintEvent(QPaintEvent *) override
        {
            const Theme &theme = themeOf(this);
            const Metrics &m = theme.metrics();
            QPainter painter(this);
            int x = m.step(4);
            const auto draw = [&](const QString &key, const QString &what) {
                painter.setFont(theme.font(TextRole::Tiny));
                const int width = painter.fontMetrics().horizontalAdvance(key) + m.step(2.5);
                const QRect cap(x, (height() - m.step(4.5)) / 2, width, m.step(4.5));
                drawOutline(&painter, cap, Metrics::kBoxRadius, theme.color(Token::Border),
                            theme.color(Token::Sunken));
                painter.setPen(theme.color(Token::Text2));
                painter.drawText(cap, Qt::AlignCenter, key);
                painter.setFont(theme.font(TextRole::Small));
                x = cap.right() + m.step(2);
                painter.drawText(QRect(x, 0, widthOf(painter, what), height()), Qt::AlignVCenter, what);
                x += widthOf(painter, what) + m.step(4);
            };
            draw(u">"_s, Palette::tr("commands"));
            draw(u"@"_s, Palette::tr("nodes"));
            draw(u"#"_s, Palette::tr("tags"));
            draw(u"/"_s, Palette::tr("documents"));
            draw(u"?"_s, Palette::tr("help"));
            x += m.step(4);
            draw(u"Enter"_s, Palette::tr("run"));
            draw(u"Esc"_s, Palette::tr("close"));
        }

    private:
        static int widthOf(const QPainter &painter, const QString &text)
        {
            return painter.fontMetrics().horizontalAdvance(text) + 2;
        }
    };

    class PaletteDelegate final : public QStyledItemDelegate
    {
    public:
        PaletteDelegate(const PaletteModel *model, QObject *parent)
            : QStyledItemDelegate(parent),
              m_model(model)
        {
        }
        QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
        {
            const Metrics &m = themeOf(option.widget).metrics();
            return {100, m.line() + m.step(m_model->row(index.row()).heading.isEmpty() ? 5 : 2)};
        }
        void paint(QPainter *painter, const QStyleOptionViewItem &option,
                   const QModelIndex &index) const override
        {
            const Theme &theme = themeOf(option.widget);
            const Metrics &m = theme.metrics();
            const PaletteModel::Row &hit = m_model->row(index.row());
            QRect r = option.rect.adjusted(m.step(2), 0, -m.step(2), 0);
            painter->save();
            if (!hit.heading.isEmpty()) {
                painter->setFont(theme.font(TextRole::SidebarGroup));
                painter->setPen(theme.color(Token::Text3));
                painter->drawText(r.adjusted(m.step(3), 0, 0, 0), Qt::AlignVCenter, hit.heading);
                painter->restore();
                return;
            }
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

Palette::Palette(Sources sources, QWidget *window)
    : QWidget(window),
      m_sources(std::move(sources)),
      m_panel(new Surface(Token::Raised, this)),
      m_count(new TextLabel(TextRole::Small, Token::Text2, m_panel)),
      m_edit(new QLineEdit(m_panel)),
      m_list(new QListView(m_panel)),
      m_model(new PaletteModel(this))
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    setObjectName(QStringLiteral("palette"));
    m_count->setObjectName(QStringLiteral("paletteCount"));
    m_panel->setOutline(Token::BorderStrong, Metrics::kPaletteRadius);
    m_edit->setObjectName(QStringLiteral("paletteEdit"));
    m_edit->setFrame(false);
    m_edit->setFont(theme.font(TextRole::PaletteInput));
    m_edit->setPlaceholderText(tr("Search pages, nodes and runs, or run a command"));
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
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(m.step(4), 0, m.step(4), 0);
    head->setSpacing(m.step(2));
    head->addWidget(new IconLabel(Icon::Search, Token::Text2, Metrics::kIcon, m_panel));
    head->addWidget(m_edit, 1);
    head->addWidget(m_count);
    column->addLayout(head);
    column->addWidget(new Divider(Qt::Horizontal, m_panel));
    column->addSpacing(m.step(1.5));
    column->addWidget(m_list, 1);
    column->addWidget(new Divider(Qt::Horizontal, m_panel));
    column->addWidget(new PaletteFoot(m_panel));
    connect(m_edit, &QLineEdit::textChanged, this, &Palette::find);
    connect(m_list, &QListView::clicked, this, &Palette::runCurrent);
    window->installEventFilter(this);
    hide();
}

void Palette::open()
{
    m_focusBefore = window()->focusWidget();
    m_fixed = m_sources.fixed();
    m_edit->clear();
    find({});
    place();
    show();
    raise();
    m_edit->setFocus();
}

void Palette::find(const QString &typed)
{
    static const QHash<QChar, PaletteGroup> prefixes {{u'>', PaletteGroup::Command},
                                                      {u'@', PaletteGroup::Node},
                                                      {u'#', PaletteGroup::Tag},
                                                      {u'/', PaletteGroup::Document}};
    const QString text = typed.trimmed();
    const auto prefix = text.isEmpty() ? prefixes.constEnd() : prefixes.constFind(text[0]);
    const bool narrowed = prefix != prefixes.constEnd();
    const QString query = narrowed ? text.mid(1).trimmed() : text;
    QList<PaletteEntry> entries;
    static const QRegularExpression scheme(
        u"^(?:[a-z][a-z0-9+.-]*://|(?:data|file|javascript|mailto|vbscript):|\\\\\\\\)"_s,
        QRegularExpression::CaseInsensitiveOption);
    if (text.contains(scheme)) { // a pasted link: ours opens, nothing else does
        if (m_sources.isLink(text))
            entries.append(
                {Icon::Link, text, tr("opens this address"), tr("Link"), {}, text, {}, PaletteGroup::Page});
        m_model->show(entries, text, 0);
        m_count->setText(!entries.isEmpty()                      ? QString()
                             : text.startsWith(u"flagbridge://") ? tr("There is no such page.")
                                                                 : tr("Only flagbridge:// links open here."));
        m_list->setCurrentIndex(m_model->index(qMax(0, m_model->best())));
        return;
    }
    if (text == u"?") {
        const auto help = [&](const QString &key, const QString &what) {
            entries.append({Icon::Search,
                            u"%1   %2"_s.arg(key, what),
                            {},
                            {},
                            {},
                            {},
                            [this, key] {
                                open();
                                m_edit->setText(key);
                            },
                            PaletteGroup::Command});
        };
        help(u">"_s, tr("commands"));
        help(u"@"_s, tr("nodes"));
        help(u"#"_s, tr("tags"));
        help(u"/"_s, tr("documents"));
        m_model->show(entries, {}, 0);
    } else {
        constexpr int kOfEach = 8;
        constexpr int kNarrowed = 200; // beyond that one types more
        entries = recentNow() + m_fixed;
        if (m_sources.things && !(query.isEmpty() && !narrowed))
            entries += m_sources.things(query, narrowed ? kNarrowed : kOfEach);
        if (narrowed)
            entries.removeIf([&](const PaletteEntry &entry) { return entry.group != *prefix; });
        m_model->show(entries, query, query.isEmpty() || narrowed ? 0 : kOfEach);
    }
    m_count->setText(query.isEmpty() ? QString() : tr("%n found", nullptr, m_model->hits()));
    m_list->setCurrentIndex(m_model->index(m_model->best()));
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
    const PaletteEntry chosen = m_model->row(current.row()).entry;
    if (!m_model->row(current.row()).heading.isEmpty())
        return;
    if (!chosen.key.isEmpty())
        remember(chosen);
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus();
    if (chosen.run)
        chosen.run();
    else
        m_sources.openAddress(chosen.key);
}

void Palette::remember(PaletteEntry chosen)
{
    constexpr qsizetype kRecent = 5;
    m_recent.removeIf([&](const PaletteEntry &entry) { return entry.key == chosen.key; });
    m_recent.prepend(std::move(chosen));
    m_recent.resize(qMin(m_recent.size(), kRecent));
    emit recentChanged();
}

// Pages and commands in today's words; of others what was kept.
QList<PaletteEntry> Palette::recentNow() const
{
    QList<PaletteEntry> entries;
    for (const PaletteEntry &recent : m_recent) {
        const auto known = std::find_if(m_fixed.cbegin(), m_fixed.cend(),
                                        [&](const PaletteEntry &entry) { return entry.key == recent.key; });
        if (known == m_fixed.cend() && recent.title.isEmpty())
            continue; // a command that is no more
        entries << (known == m_fixed.cend() ? recent : *known);
        entries.last().group = PaletteGroup::Recent;
    }
    return entries;
}

void Palette::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), themeOf(this).color(Token::Scrim));
}

void Palette::mousePressEvent(QMouseEvent *)
{
    hide(); // a click beside it
}

bool Palette::focusNextPrevChild(bool next)
{
    moveCurrent(next ? 1 : -1);
    return true;
}

void Palette::moveCurrent(int step)
{
    m_list->setCurrentIndex(m_model->index(m_model->next(m_list->currentIndex().row(), step)));
    m_list->scrollTo(m_list->currentIndex());
}

bool Palette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Escape:
            hide();
            if (m_focusBefore)
                m_focusBefore->setFocus();
            return true;
        case Qt::Key_Up:
        case Qt::Key_Down:
            moveCurrent(key->key() == Qt::Key_Down ? 1 : -1);
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
