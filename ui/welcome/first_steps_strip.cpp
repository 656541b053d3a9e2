#include "ui/welcome/first_steps_strip.h"

#include "ui/widgets/icon_button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

FirstStepsStrip::FirstStepsStrip(FirstSteps &steps, QWidget *parent)
    : Surface(Token::Raised, parent),
      m_steps(steps),
      m_line(new QHBoxLayout)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"firstStepsStrip"_s);
    setOutline(Token::Border, Metrics::kButtonRadius);
    auto *away = makeIconButton(u"firstStepsStripAway"_s, Icon::Close, tr("Hide the list"));
    connect(away, &QToolButton::clicked, &m_steps, &FirstSteps::putAway);
    m_line->setSpacing(m.step(2));
    auto *all = new QHBoxLayout(this);
    all->setContentsMargins(m.step(3.5), m.step(0.5), m.step(1), m.step(0.5));
    all->setSpacing(m.step(4));
    all->addWidget(new TextLabel(tr("First steps"), TextRole::SectionHeading));
    all->addLayout(m_line, 1);
    all->addWidget(away);
    connect(&m_steps, &FirstSteps::changed, this, &FirstStepsStrip::update);
    update();
}

void FirstStepsStrip::setWanted(bool wanted)
{
    m_wanted = wanted;
    setVisible(m_wanted && m_steps.isShown());
}

void FirstStepsStrip::update()
{
    const Metrics &m = themeOf(this).metrics();
    setVisible(m_wanted && m_steps.isShown());
    while (QLayoutItem *part = m_line->takeAt(0)) {
        if (QWidget *widget = part->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete part;
    }
    const QList<FirstStep> steps = m_steps.steps();
    for (const FirstStep &step : steps) {
        if (step.name == u"store")
            continue; // a fleet has one
        m_line->addWidget(new IconLabel(step.isDone ? Icon::Success : Icon::ToDo,
                                        step.isDone ? Token::AccentText : Token::Text3));
        if (step.isDone) {
            m_line->addWidget(new TextLabel(step.title, TextRole::Body, Token::Text3));
        } else {
            auto *start
                = makeButton(u"firstStepsStrip-"_s + step.name, step.title, Icon::None, ButtonKind::Link);
            connect(
                start, &QPushButton::clicked, this, [this, name = step.name] { emit startClicked(name); },
                Qt::QueuedConnection);
            m_line->addWidget(start);
        }
        m_line->addSpacing(m.step(3));
    }
    m_line->addStretch(1);
}

}
