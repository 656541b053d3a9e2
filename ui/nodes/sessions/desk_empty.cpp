#include "ui/nodes/sessions/desk_empty.h"

#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QPainter>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

DeskEmpty::DeskEmpty(FleetViewModel &fleet, QWidget *parent)
    : QWidget(parent),
      m_fleet(fleet),
      m_words(new TextLabel(TextRole::Body, Token::Text2)),
      m_start(makeButton(u"deskStart"_s, tr("Start a session"), Icon::Sessions, ButtonKind::Primary)),
      m_toFleet(makeButton(u"deskToFleet"_s, tr("Go to the fleet"), Icon::Fleet))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"deskEmpty"_s);
    auto *history = makeButton(u"deskHistory"_s, tr("Earlier sessions"), Icon::History);
    auto *title = new TextLabel(tr("No session is open"), TextRole::PageTitle);
    title->setWordWrap(true);
    m_words->setObjectName(u"deskEmptyWords"_s);
    m_words->setWordWrap(true);
    m_words->setMaximumWidth(m.lines(30));
    m_words->setMinimumWidth(m.lines(16));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(m.toolGap());
    buttons->addWidget(m_start);
    buttons->addWidget(m_toFleet);
    buttons->addWidget(history);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(m.pageMargin(), m.step(5), m.pageMargin(), 0);
    column->setSpacing(m.step(3));
    column->addWidget(title);
    column->addWidget(m_words);
    column->addLayout(buttons);
    column->addStretch(1);
    connect(m_start, &QPushButton::clicked, this, &DeskEmpty::startClicked);
    connect(history, &QPushButton::clicked, this, &DeskEmpty::historyClicked);
    connect(m_toFleet, &QPushButton::clicked, this, &DeskEmpty::fleetClicked);
    connect(&fleet, &FleetViewModel::countsChanged, this, &DeskEmpty::update);
    connect(&fleet, &FleetViewModel::loadedChanged, this, &DeskEmpty::update);
    update();
}

void DeskEmpty::update()
{
    const int online = m_fleet.counts().online;
    const bool isKnown = m_fleet.isLoaded() || online > 0;
    m_start->setVisible(online > 0 || !isKnown);
    m_toFleet->setVisible(online == 0 && isKnown);
    m_words->setText(
        online > 0 || !isKnown ? tr(
            "A session is a shell on a node. The node opens no port: the session uses the connection that "
            "its agent made. Choose a node in the tree and press Enter; several selected nodes open side by "
            "side. Sessions are recorded from the first byte unless their document says otherwise.")
            : m_fleet.counts().total > 0 ? tr("No node is online now, so no shell can be opened. The Fleet "
                                              "page shows when each was last connected.")
                                         : tr("There are no nodes yet. Enrol one on the Fleet page, or start "
                                              "the demo fleet there; then open a "
                                              "shell on it here."));
}

void DeskEmpty::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), themeOf(this).color(Token::Page));
}

}
