#include "ui/shell/top_bar.h"

#include "ui/shell/operator_button.h"
#include "ui/shell/search_button.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text_label.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QSvgRenderer>

namespace fb {

using namespace Qt::StringLiterals;

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

    // Shows or hides a dock; a dot says that something in it has not been seen.
    class DockButton final : public QToolButton
    {
    public:
        using QToolButton::QToolButton;
        void setNews(bool news)
        {
            m_news = news;
            update();
        }

    protected:
        void paintEvent(QPaintEvent *event) override
        {
            QToolButton::paintEvent(event);
            if (!m_news)
                return;
            const Theme &theme = themeOf(this);
            QPainter painter(this);
            const int dot = theme.metrics().step(1.75);
            const QRectF place(width() / 2.0 + Metrics::kIcon / 2.0 - dot + 1,
                               height() / 2.0 - Metrics::kIcon / 2.0 - 1, dot, dot);
            drawOutline(&painter, place, dot / 2.0, theme.color(Token::Chrome), theme.color(Token::Accent));
        }

    private:
        bool m_news = false;
    };
}

TopBar::TopBar(QMenu *menu, QMenu *operatorMenu, QWidget *parent)
    : QWidget(parent),
      m_menu(menu),
      m_operatorMenu(operatorMenu),
      m_menuButton(makeIconButton(QStringLiteral("menuButton"), Icon::Menu, tr("Menu"), this)),
      m_back(makeIconButton(QStringLiteral("backButton"), Icon::Back, tr("Back"), this)),
      m_forward(makeIconButton(QStringLiteral("forwardButton"), Icon::Forward, tr("Forward"), this)),
      m_crumbBox(new QWidget(this)),
      m_crumbs(new QHBoxLayout(m_crumbBox)),
      m_search(new SearchButton(tr("Search or run"), this)),
      m_operator(new OperatorButton(this)),
      m_dockButtons(new QHBoxLayout)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(QStringLiteral("topBar"));
    setFixedHeight(m.topBar());
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
    // Whatever stands in the breadcrumb, the search box keeps its place.
    m_crumbBox->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_crumbBox->setMinimumWidth(m.lines(6));
    m_crumbBox->installEventFilter(this);
    line->addWidget(m_crumbBox, 6);
    line->addWidget(m_search, 6);
    line->addStretch(1);
    line->addLayout(m_dockButtons);
    line->addSpacing(m.step(2));
    line->addWidget(m_operator);
    connect(m_menuButton, &QToolButton::clicked, this, &TopBar::openMenu);
    connect(m_back, &QToolButton::clicked, this, &TopBar::backClicked);
    connect(m_forward, &QToolButton::clicked, this, &TopBar::forwardClicked);
    connect(m_operator, &QAbstractButton::clicked, this, &TopBar::openOperatorMenu);
    connect(m_search, &QAbstractButton::clicked, this, &TopBar::searchClicked);
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
            if (last) // the first to be shortened where there is no room
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
    m_crumbs->addStretch(1);
    foldCrumbs();
}

void TopBar::foldCrumbs()
{
    QList<QWidget *> parts; // without the stretch at the end
    int needed = 0;
    for (int i = 0; i + 1 < m_crumbs->count(); ++i) {
        QWidget *part = m_crumbs->itemAt(i)->widget();
        parts << part;
        const int width = part->sizeHint().width();
        const bool isLast = i + 2 == m_crumbs->count(); // can be shortened
        needed += m_crumbs->spacing() + (isLast ? qMin(width, themeOf(this).metrics().lines(6)) : width);
    }
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const bool isShown = needed <= m_crumbBox->width() || i + 1 == parts.size();
        parts[i]->setVisible(isShown);
        if (!isShown)
            needed -= m_crumbs->spacing() + parts[i]->sizeHint().width();
        else if (i > 0 && !parts[i - 1]->isVisibleTo(m_crumbBox) && i % 2 == 1)
            parts[i]->setVisible(false); // a mark between two, of which one is gone
    }
}

bool TopBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_crumbBox && event->type() == QEvent::Resize)
        foldCrumbs();
    return QWidget::eventFilter(watched, event);
}

void TopBar::setOperator(const QString &name, const QString &role) { m_operator->setOperator(name, role); }

void TopBar::addDockButton(const QString &name, Icon icon, QAction *toggle)
{
    auto *button = new DockButton(this);
    setUpIconButton(button, u"dockButton-"_s + name, icon, toggle->text());
    connect(button, &QToolButton::clicked, toggle, &QAction::trigger);
    m_dockButtons->addWidget(button);
}

void TopBar::setDockNews(const QString &name, bool news)
{
    if (auto *button = findChild<QToolButton *>(u"dockButton-"_s + name))
        static_cast<DockButton *>(button)->setNews(news);
}

void TopBar::openOperatorMenu()
{
    const int left = m_operator->width() - m_operatorMenu->sizeHint().width();
    m_operatorMenu->popup(m_operator->mapToGlobal(QPoint(left, m_operator->height() + 2)));
}

void TopBar::setHints(const QString &menuKeys, const QString &backKeys, const QString &forwardKeys,
                      const QString &searchKeys)
{
    const auto hint = [](const QString &what, const QString &keys) {
        return keys.isEmpty() ? what : QStringLiteral("%1 (%2)").arg(what, keys);
    };
    m_menuButton->setToolTip(hint(tr("Menu"), menuKeys));
    m_back->setToolTip(hint(tr("Back"), backKeys));
    m_forward->setToolTip(hint(tr("Forward"), forwardKeys));
    m_search->setKeys(searchKeys);
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
