#include "ui/nodes/fleet/first_run.h"

#include "ui/nodes/fleet/demo_card.h"
#include "ui/nodes/fleet/enrol_steps.h"
#include "ui/welcome/bridge_drawing.h"
#include "ui/welcome/first_steps_card.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace fb {

FirstRun::FirstRun(FleetViewModel &fleet, DemoFleet &demo, FirstSteps &steps, QWidget *parent)
    : ScrollBox(tr("First run"), parent),
      m_steps(new EnrolSteps(fleet))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(QStringLiteral("firstRun"));

    auto *hero = new TextLabel(tr("Bring your first node across"), TextRole::Hero);
    auto *words
        = new TextLabel(tr("Three steps, about two minutes. Or start a demo fleet first and look around."),
                        TextRole::Body, Token::Text2);
    words->setWordWrap(true);
    auto *heroText = new QVBoxLayout;
    heroText->setSpacing(m.step(2));
    heroText->addStretch(1);
    heroText->addWidget(hero);
    heroText->addWidget(words);
    heroText->addStretch(1);
    auto *heroLine = new QHBoxLayout;
    heroLine->setSpacing(m.step(6));
    heroLine->addLayout(heroText, 1);
    heroLine->addWidget(new BridgeDrawing, 0, Qt::AlignBottom);

    auto *card = Surface::card();
    auto *cardColumn = new QVBoxLayout(card);
    cardColumn->setContentsMargins(1, 1, 1, 1);
    cardColumn->addWidget(m_steps);

    auto *left = new QWidget;
    left->setMaximumWidth(m.lines(40));
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(m.step(5));
    leftColumn->addLayout(heroLine);
    leftColumn->addWidget(card);
    auto *many = makeButton(QStringLiteral("firstRunWizard"),
                            tr("Many nodes? A list of hosts, cloud-init or an Ansible task..."), Icon::Import,
                            ButtonKind::Link);
    connect(many, &QPushButton::clicked, this, &FirstRun::wizardClicked);
    leftColumn->addWidget(many, 0, Qt::AlignLeft);
    leftColumn->addStretch(1);

    auto *demoCard = new DemoCard(demo);
    demoCard->setFixedWidth(m.lines(22));
    auto *stepsCard = new FirstStepsCard(steps, this);
    stepsCard->setFixedWidth(m.lines(22));
    connect(stepsCard, &FirstStepsCard::startClicked, this, &FirstRun::stepClicked);
    auto *right = new QVBoxLayout;
    right->setSpacing(m.cardGap());
    right->addWidget(demoCard);
    right->addWidget(stepsCard);
    right->addStretch(1);
    auto *content = new QWidget;
    content->setAutoFillBackground(false);
    auto *line = new QHBoxLayout(content);
    line->setContentsMargins(m.step(10), m.step(3), m.step(10), m.step(6));
    line->setSpacing(m.step(5));
    line->addWidget(left, 1);
    line->addLayout(right);
    line->addStretch(0);
    setContent(content);
}

void FirstRun::startEnrolling()
{
    ensureWidgetVisible(m_steps->createButton());
    m_steps->createButton()->setFocus(Qt::TabFocusReason);
}

}
