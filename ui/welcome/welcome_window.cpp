#include "ui/welcome/welcome_window.h"

#include "ui/theme/theme.h"
#include "ui/welcome/bridge_drawing.h"
#include "ui/welcome/choice_card.h"
#include "ui/welcome/demo_screen.h"
#include "ui/welcome/headless_sheet.h"
#include "ui/welcome/postgres_screen.h"
#include "ui/welcome/store_here_screen.h"
#include "ui/widgets/button_keys.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/reading_order.h"
#include "ui/widgets/text_label.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

WelcomeWindow::WelcomeWindow(const WelcomeSetup &setup, QWidget *parent)
    : QWidget(parent),
      m_parts(new QStackedWidget)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"welcome"_s);
    setWindowTitle(u"Flagbridge"_s);
    setWindowIcon(QIcon(u":/logo/logo.svg"_s));
    resize(m.lines(42), m.lines(29));
    m_screens = {new StoreHereScreen(setup.dataDir, setup.operatorName),
                 new PostgresScreen(setup.operatorName), new DemoScreen};
    m_choices = makeChoices(setup);
    m_parts->addWidget(m_choices);
    for (StoreScreen *screen : std::as_const(m_screens)) {
        if (setup.before)
            screen->show(*setup.before);
        m_parts->addWidget(screen);
        connect(screen, &StoreScreen::backClicked, this, &WelcomeWindow::goBack);
        connect(screen, &StoreScreen::chosen, this, [this, screen](const StoreChoice &choice) {
            screen->setStarting(true);
            emit chosen(choice);
        });
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(m.step(10), m.step(8), m.step(10), m.step(7));
    column->addWidget(m_parts);
}

QWidget *WelcomeWindow::makeChoices(const WelcomeSetup &setup)
{
    const Metrics &m = themeOf(this).metrics();
    auto *choices = new QWidget;
    auto *words = new TextLabel(
        setup.before
            ? tr("The current store stays as it is; nothing in it is moved or removed.")
            : tr("Where should your fleet's state be stored? You can change this later in Settings."),
        TextRole::Body, Token::Text2);
    words->setWordWrap(true);
    auto *heroText = new QVBoxLayout;
    heroText->setSpacing(m.step(2));
    heroText->addStretch(1);
    heroText->addWidget(new TextLabel(setup.before ? tr("Choose another store") : tr("Welcome to Flagbridge"),
                                      TextRole::Hero));
    heroText->addWidget(words);
    heroText->addStretch(1);
    auto *hero = new QHBoxLayout;
    hero->setSpacing(m.step(6));
    hero->addLayout(heroText, 1);
    hero->addWidget(new BridgeDrawing, 0, Qt::AlignBottom);

    auto *column = new QVBoxLayout(choices);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.cardGap());
    column->addLayout(hero);
    column->addSpacing(m.step(3));
    const QList<std::tuple<QString, Icon, QString, QString>> cards {
        {u"chooseHere"_s, Icon::Store, tr("Create a store here"),
         tr("A file on this machine, in %1. The simplest way: for one console and its fleet.")
             .arg(setup.dataDir)},
        {u"choosePostgres"_s, Icon::Share, tr("Connect to a shared PostgreSQL store"),
         tr("A database on a server, with the backups and availability that it has there.")},
        {u"chooseDemo"_s, Icon::Start, tr("Try the demo fleet"),
         tr("Six real agents on this machine with a store of their own. Look around first; remove it at any "
            "time.")}};
    for (qsizetype i = 0; i < cards.size(); ++i) {
        const auto &[name, icon, title, sentence] = cards[i];
        auto *card = new ChoiceCard(name, icon, title, sentence);
        connect(card, &ChoiceCard::clicked, this, [this, card, i] {
            m_from = card;
            open(m_screens[i]);
        });
        column->addWidget(card);
    }
    column->addStretch(1);
    auto *headless
        = makeButton(u"welcomeHeadless"_s, tr("Set up without a desktop"), Icon::Headless, ButtonKind::Link);
    connect(headless, &QPushButton::clicked, this, [this] { (new HeadlessSheet(this))->open(); });
    auto *foot = new QHBoxLayout;
    foot->addWidget(headless);
    foot->addStretch(1);
    if (setup.before) {
        auto *keep = makeButton(u"welcomeKeep"_s, tr("Keep the store as it is"));
        connect(keep, &QPushButton::clicked, this, &WelcomeWindow::keepClicked);
        foot->addWidget(keep);
    }
    column->addLayout(foot);
    return choices;
}

void WelcomeWindow::open(StoreScreen *screen)
{
    m_parts->setCurrentWidget(screen);
    if (QWidget *first = screen->findChild<QWidget *>(u"pgHost"_s))
        first->setFocus();
    else if (QWidget *start = screen->findChild<QWidget *>(u"welcomeStart"_s))
        start->setFocus();
}

void WelcomeWindow::goBack()
{
    m_parts->setCurrentWidget(m_choices);
    if (m_from)
        m_from->setFocus();
}

StoreScreen *WelcomeWindow::screen() const { return qobject_cast<StoreScreen *>(m_parts->currentWidget()); }

void WelcomeWindow::showFailure(const ShownError &failure)
{
    if (StoreScreen *tried = screen())
        tried->showFailure(failure);
}

bool WelcomeWindow::focusNextPrevChild(bool next) { return focusInReadingOrder(this, next); }

void WelcomeWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && screen() && !screen()->isStarting())
        return goBack();
    if (!clickByEnter(*event, focusWidget()))
        QWidget::keyPressEvent(event);
}

void WelcomeWindow::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), themeOf(this).color(Token::Page));
}

}
