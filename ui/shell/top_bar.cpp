#include "ui/shell/top_bar.h"

#include "ui/widgets/icon_button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text_label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QSvgRenderer>

namespace fb {

namespace {

    class Logo final : public QWidget
    {
    public:
        explicit Logo(QWidget *parent) : QWidget(parent)
        {
            const int side = themeOf(this).metrics().step(5.5);
            setFixedSize(side, side);
            setAccessibleName(QStringLiteral("Flagbridge"));
        }

    protected:
        void paintEvent(QPaintEvent *) override
        {
            QPainter painter(this);
            QSvgRenderer(QStringLiteral(":/logo/logo.svg")).render(&painter, rect());
        }
    };

    // Looks like a field, opens the palette.
    class SearchButton final : public QAbstractButton
    {
    public:
        explicit SearchButton(const QString &hint, QWidget *parent) : QAbstractButton(parent)
        {
            setObjectName(QStringLiteral("searchButton"));
            setText(hint);
            setAccessibleName(hint);
            setFocusPolicy(Qt::TabFocus);
            setCursor(Qt::IBeamCursor);
            setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
            setMinimumWidth(themeOf(this).metrics().lines(10));
            setMaximumWidth(themeOf(this).metrics().lines(23));
        }
        QSize sizeHint() const override
        {
            const Metrics &m = themeOf(this).metrics();
            return {m.lines(23), m.row()};
        }

    protected:
        void paintEvent(QPaintEvent *) override
        {
            const Theme &theme = themeOf(this);
            const Metrics &m = theme.metrics();
            QPainter painter(this);
            drawOutline(&painter, rect(), Metrics::kButtonRadius,
                        theme.color(hasFocus() ? Token::Focus : Token::Field), theme.color(Token::Base));
            painter.drawPixmap(
                m.step(2.5), (height() - Metrics::kIcon) / 2,
                theme.pixmap(Icon::Search, theme.color(Token::Text2), Metrics::kIcon, devicePixelRatioF()));
            painter.setFont(theme.font(TextRole::Body));
            painter.setPen(theme.color(Token::Text3));
            painter.drawText(rect().adjusted(m.step(2.5) + Metrics::kIcon + m.step(2), 0, 0, 0),
                             Qt::AlignVCenter, text());
            const QString key = QStringLiteral("Ctrl+K");
            painter.setFont(theme.font(TextRole::Tiny));
            const int width = painter.fontMetrics().horizontalAdvance(key) + m.step(2.5);
            const int height = m.step(4.5);
            const QRect cap(this->width() - width - m.step(1.5), (this->height() - height) / 2, width,
                            height);
            drawOutline(&painter, cap, Metrics::kBoxRadius, theme.color(Token::Border),
                        theme.color(Token::Sunken));
            painter.setPen(theme.color(Token::Text2));
            painter.drawText(cap, Qt::AlignCenter, key);
        }
    };

    class Initials final : public QWidget
    {
    public:
        explicit Initials(QWidget *parent) : QWidget(parent)
        {
            const int side = themeOf(this).metrics().step(6);
            setFixedSize(side, side);
        }

    protected:
        void paintEvent(QPaintEvent *) override
        {
            const Theme &theme = themeOf(this);
            QPainter painter(this);
            drawOutline(&painter, rect(), Metrics::kChipRadius, Qt::transparent,
                        theme.color(Token::AccentSoft));
            painter.setFont(theme.font(TextRole::SidebarGroup));
            painter.setPen(theme.color(Token::AccentText));
            painter.drawText(rect(), Qt::AlignCenter, property("fbInitials").toString());
        }
    };

    QString initialsOf(const QString &name)
    {
        const QStringList parts
            = QString(name).replace(u'.', u' ').replace(u'-', u' ').split(u' ', Qt::SkipEmptyParts);
        QString initials;
        for (const QString &part : parts.mid(0, 2))
            initials += part[0].toUpper();
        if (parts.size() == 1 && parts[0].size() > 1)
            initials += parts[0][1].toUpper();
        return initials;
    }
}

TopBar::TopBar(QMenu *menu, QWidget *parent)
    : QWidget(parent),
      m_menu(menu),
      m_menuButton(makeIconButton(QStringLiteral("menuButton"), Icon::Menu, tr("Menu (F10)"), this)),
      m_back(makeIconButton(QStringLiteral("backButton"), Icon::Back, tr("Back (Alt+Left)"), this)),
      m_forward(
          makeIconButton(QStringLiteral("forwardButton"), Icon::Forward, tr("Forward (Alt+Right)"), this)),
      m_crumbBox(new QWidget(this)),
      m_crumbs(new QHBoxLayout(m_crumbBox)),
      m_operatorName(new TextLabel(TextRole::BodyMedium, Token::Text, this)),
      m_operatorRole(new TextLabel(TextRole::Small, Token::Text2, this)),
      m_badge(new Initials(this))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(QStringLiteral("topBar"));
    setFixedHeight(m.topBar());
    auto *search = new SearchButton(tr("Search or run"), this);
    m_crumbs->setContentsMargins(0, 0, 0, 0);
    m_crumbs->setSpacing(m.step(1));
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(m.step(4), 0, m.step(4), 1);
    line->setSpacing(m.step(1));
    line->addWidget(new Logo(this));
    line->addSpacing(m.step(1));
    line->addWidget(m_menuButton);
    line->addSpacing(m.step(2));
    line->addWidget(m_back);
    line->addWidget(m_forward);
    line->addSpacing(m.step(2));
    line->addWidget(m_crumbBox);
    line->addStretch(3);
    line->addWidget(search, 6);
    line->addStretch(1);
    line->addWidget(m_badge);
    line->addSpacing(m.step(1));
    line->addWidget(m_operatorName);
    line->addSpacing(m.step(1));
    line->addWidget(m_operatorRole);
    connect(m_menuButton, &QToolButton::clicked, this, &TopBar::openMenu);
    connect(m_back, &QToolButton::clicked, this, &TopBar::backClicked);
    connect(m_forward, &QToolButton::clicked, this, &TopBar::forwardClicked);
    connect(search, &QAbstractButton::clicked, this, &TopBar::searchClicked);
}

void TopBar::openMenu() { m_menu->popup(m_menuButton->mapToGlobal(QPoint(0, m_menuButton->height() + 2))); }

void TopBar::setHistory(bool canBack, bool canForward)
{
    m_back->setEnabled(canBack);
    m_forward->setEnabled(canForward);
}

void TopBar::setCrumbs(const QList<QPair<QString, QString>> &crumbs)
{
    while (QLayoutItem *item = m_crumbs->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (qsizetype i = 0; i < crumbs.size(); ++i) {
        const auto &[title, address] = crumbs[i];
        const bool last = i + 1 == crumbs.size();
        if (i > 0) {
            m_crumbs->addWidget(
                new IconLabel(Icon::CrumbSeparator, Token::Text3, Metrics::kSmallIcon, m_crumbBox));
        }
        if (last || address.isEmpty()) {
            auto *label = new TextLabel(title, last ? TextRole::BodyMedium : TextRole::Body,
                                        last ? Token::Text : Token::Text2, m_crumbBox);
            label->setObjectName(QStringLiteral("crumb-%1").arg(i));
            label->setMaximumWidth(themeOf(this).metrics().lines(20));
            label->setElided(Qt::ElideRight);
            m_crumbs->addWidget(label);
            continue;
        }
        auto *link
            = makeButton(QStringLiteral("crumb-%1").arg(i), title, Icon::None, ButtonKind::Crumb, m_crumbBox);
        link->setFont(themeOf(this).font(TextRole::Body));
        connect(link, &QPushButton::clicked, this, [this, target = address] { emit crumbClicked(target); });
        m_crumbs->addWidget(link);
    }
}

void TopBar::setOperator(const QString &name, const QString &role)
{
    m_operatorName->setText(name);
    m_operatorRole->setText(role);
    m_badge->setProperty("fbInitials", initialsOf(name));
    m_badge->update();
}

void TopBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        setFixedHeight(themeOf(this).metrics().topBar());
}

void TopBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Chrome));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(Token::Border));
}

}
