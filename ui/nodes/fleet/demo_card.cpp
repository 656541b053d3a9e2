#include "ui/nodes/fleet/demo_card.h"

#include "ui/widgets/icon_button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

DemoCard::DemoCard(DemoFleet &demo, QWidget *parent)
    : Surface(Token::Raised, parent),
      m_demo(demo),
      m_start(makeButton(u"startDemoFleet"_s, tr("Start demo fleet"), Icon::Start, ButtonKind::Normal, this)),
      m_note(new TextLabel(TextRole::Small, Token::Text2, this))
{
    const Metrics &m = themeOf(this).metrics();
    setOutline(Token::Border, Metrics::kCardRadius);
    auto *title = new TextLabel(tr("Try the demo fleet"), TextRole::SectionHeading, Token::Text, this);
    auto *words = new TextLabel(tr("Starts six real agents on this machine under your own user account. "
                                   "Every feature works with them. Remove them at any time."),
                                TextRole::Body, Token::Text2, this);
    words->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(m.step(5), m.step(4.5), m.step(5), m.step(4.5));
    column->setSpacing(m.step(1));
    column->addWidget(title);
    column->addWidget(words);
    column->addSpacing(m.step(1.5));
    const QList<DemoMachine> machines = DemoFleet::machines();
    for (const DemoMachine &machine : machines) {
        column->addWidget(new Divider(Qt::Horizontal, this));
        auto *line = new QHBoxLayout;
        line->setSpacing(m.step(2));
        auto *name = new TextLabel(machine.name, TextRole::BodyMedium, Token::Text, this);
        name->setMinimumHeight(m.row() - m.step(2));
        line->addWidget(new IconLabel(Icon::Fleet));
        line->addWidget(name, 1);
        // Its first two tags say what it plays; the third marks all demo nodes.
        line->addWidget(
            new TextLabel(machine.tags.mid(0, 2).join(u"  "_s), TextRole::Small, Token::Text2, this));
        column->addLayout(line);
    }
    column->addSpacing(m.step(2));
    auto *foot = new QHBoxLayout;
    foot->setSpacing(m.step(2.5));
    foot->addWidget(m_start);
    foot->addWidget(m_note, 1);
    m_note->setWordWrap(true);
    column->addLayout(foot);
    connect(m_start, &QPushButton::clicked, &m_demo, &DemoFleet::start);
    connect(&m_demo, &DemoFleet::phaseChanged, this, &DemoCard::update);
    connect(&m_demo, &DemoFleet::progressChanged, this, &DemoCard::update);
    update();
}

void DemoCard::update()
{
    const DemoFleet::Phase phase = m_demo.phase();
    m_start->setEnabled(phase == DemoFleet::Phase::Stopped || phase == DemoFleet::Phase::Failed);
    m_note->setToken(Token::Text2);
    switch (phase) {
    case DemoFleet::Phase::Stopped:
        m_note->setText(tr("about 60 MiB of memory"));
        break;
    case DemoFleet::Phase::Starting:
        m_note->setText(
            tr("Starting: %1 of %2 connected").arg(m_demo.connected()).arg(DemoFleet::machines().size()));
        break;
    case DemoFleet::Phase::Running:
        m_note->setText(tr("Running"));
        break;
    case DemoFleet::Phase::Stopping:
        m_note->setText(tr("Stopping"));
        break;
    case DemoFleet::Phase::Failed:
        m_note->setTone(Tone::Failed);
        m_note->setText(m_demo.problem());
        break;
    }
}

}
