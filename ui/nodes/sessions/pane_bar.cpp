#include "ui/nodes/sessions/pane_bar.h"

#include "models/table/visible_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/state_look.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPainter>

namespace fb {

using namespace Qt::StringLiterals;

PaneBar::PaneBar(SessionLink &link, QWidget *parent)
    : QWidget(parent),
      m_link(link),
      m_tone(Tone::Neutral),
      m_words(new TextLabel(TextRole::Body)),
      m_resume(makeButton(u"paneResume"_s, tr("Resume"), Icon::Start)),
      m_reopen(makeButton(u"paneReopen"_s, tr("Open again (Enter)"), Icon::Again)),
      m_close(makeButton(u"paneClose"_s, tr("Close"), Icon::Close, ButtonKind::Plain))
{
    const Metrics &m = themeOf(this).metrics();
    m_words->setObjectName(u"paneCause"_s);
    m_words->setWordWrap(true);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(m.step(2.5), m.step(1), m.step(1.5), m.step(1) + 1);
    line->setSpacing(m.toolGap());
    line->addWidget(m_words, 1);
    for (QPushButton *button : {m_resume, m_reopen, m_close})
        line->addWidget(button);
    markChange(m_resume, "ssm:ResumeSession");
    markChange(m_reopen, "ssm:StartSession");
    connect(m_resume, &QPushButton::clicked, this, &PaneBar::resumeClicked);
    connect(m_reopen, &QPushButton::clicked, this, &PaneBar::reopenClicked);
    connect(m_close, &QPushButton::clicked, this, &PaneBar::closeClicked);
    connect(&link, &SessionLink::changed, this, &PaneBar::update);
    update();
}

void PaneBar::update()
{
    using State = SessionLink::State;
    const State state = m_link.state();
    const QString cause = visibleText(m_link.cause());
    setVisible(state != State::Connected);
    m_tone = lookOf(SessionLink::kind(state)).tone;
    m_words->setTone(m_tone);
    switch (state) {
    case State::Connecting:
        m_words->setText(tr("Connecting to %1...").arg(visibleText(m_link.wish().nodeName)));
        break;
    case State::Ended:
        m_words->setText(cause.isEmpty() ? tr("The session has ended.")
                                         //: %1: the cause, as the engine says it: "exited 0"
                                         : tr("The session has ended: %1").arg(cause));
        break;
    default:
        m_words->setText(cause);
        break;
    }
    m_resume->setVisible(m_link.canResume());
    m_reopen->setVisible(state == State::Ended);
    m_close->setVisible(state == State::Ended || state == State::Left);
    QWidget::update();
}

void PaneBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.toneSoft(m_tone));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.toneOutline(m_tone));
}

}
