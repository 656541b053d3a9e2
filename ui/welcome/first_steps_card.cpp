#include "ui/welcome/first_steps_card.h"

#include "ui/widgets/icon_button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

FirstStepsCard::FirstStepsCard(FirstSteps &steps, QWidget *parent)
    : Surface(Token::Raised, parent),
      m_steps(steps),
      m_count(new TextLabel(TextRole::Small, Token::Text2)),
      m_lines(new QVBoxLayout)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"firstSteps"_s);
    setOutline(Token::Border, Metrics::kCardRadius);
    auto *away = makeIconButton(u"firstStepsAway"_s, Icon::Close, tr("Hide the list"));
    connect(away, &QToolButton::clicked, &m_steps, &FirstSteps::putAway);
    auto *head = new QHBoxLayout;
    head->setSpacing(m.toolGap());
    head->addWidget(new TextLabel(tr("First steps"), TextRole::SectionHeading), 1);
    head->addWidget(m_count);
    head->addWidget(away);
    m_lines->setSpacing(m.step(1));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(m.step(5), m.step(3), m.step(3), m.step(4));
    column->setSpacing(m.step(1));
    column->addLayout(head);
    column->addLayout(m_lines);
    connect(&m_steps, &FirstSteps::changed, this, &FirstStepsCard::update);
    update();
}

void FirstStepsCard::update()
{
    const Metrics &m = themeOf(this).metrics();
    setVisible(m_steps.isShown());
    while (QLayoutItem *line = m_lines->takeAt(0)) {
        line->widget()->hide();
        line->widget()->deleteLater();
        delete line;
    }
    const QList<FirstStep> steps = m_steps.steps();
    int done = 0;
    bool nextFound = false;
    for (const FirstStep &step : steps) {
        done += step.isDone ? 1 : 0;
        auto *row = new QWidget;
        row->setMinimumHeight(m.row());
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, m.step(2), 0);
        line->setSpacing(m.step(2.5));
        line->addWidget(new IconLabel(step.isDone ? Icon::Success : Icon::ToDo,
                                      step.isDone ? Token::AccentText : Token::Text3));
        auto *title = new TextLabel(step.title, TextRole::Body, step.isDone ? Token::Text3 : Token::Text);
        title->setAccessibleDescription(step.isDone ? tr("done") : tr("to do"));
        line->addWidget(title, 1);
        if (!step.isDone && !nextFound) {
            nextFound = true;
            auto *start = makeButton(u"firstStep-"_s + step.name, tr("Start"), Icon::None, ButtonKind::Link);
            start->setMinimumWidth(start->sizeHint().width() + m.step(2)); // the ring has room
            start->setAccessibleName(tr("Start: %1").arg(step.title));
            connect(
                start, &QPushButton::clicked, this, [this, name = step.name] { emit startClicked(name); },
                Qt::QueuedConnection); // what it does may change this list
            line->addWidget(start);
        }
        m_lines->addWidget(row);
    }
    m_count->setText(tr("%1 of %2").arg(done).arg(steps.size()));
}

}
