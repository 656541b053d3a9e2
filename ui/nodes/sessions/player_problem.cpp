#include "ui/nodes/sessions/player_problem.h"

#include "models/table/visible_text.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

PlayerProblem::PlayerProblem(QWidget *parent)
    : QWidget(parent),
      m_title(new TextLabel(TextRole::PaneTitle)),
      m_text(new TextLabel(TextRole::Body, Token::Text2)),
      m_retry(makeButton(u"playerRetry"_s, tr("Try again"), Icon::Again)),
      m_provenPart(makeButton(u"playerProvenPart"_s, tr("Play up to the damage"), Icon::Start))
{
    const Metrics &m = themeOf(this).metrics();
    m_title->setObjectName(u"playerProblem"_s);
    m_text->setObjectName(u"playerProblemText"_s);
    m_text->setWordWrap(true);
    m_text->setMaximumWidth(m.lines(34));
    auto *icon = new IconLabel(Icon::Failed, Token::Text, Metrics::kLargeIcon);
    icon->setTone(Tone::Failed);
    auto *title = new QHBoxLayout;
    title->setSpacing(m.step(2));
    title->addWidget(icon);
    title->addWidget(m_title);
    title->addStretch(1);
    auto *list = makeButton(u"playerList"_s, tr("Show recorded sessions"), Icon::Back);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(m.toolGap());
    buttons->addWidget(m_retry);
    buttons->addWidget(m_provenPart);
    buttons->addWidget(list);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(m.pageMargin(), m.step(4), m.pageMargin(), 0);
    column->setSpacing(m.step(3));
    column->addLayout(title);
    column->addWidget(m_text);
    column->addLayout(buttons);
    column->addStretch(1);
    connect(m_retry, &QPushButton::clicked, this, &PlayerProblem::retryClicked);
    connect(m_provenPart, &QPushButton::clicked, this, &PlayerProblem::provenPartClicked);
    connect(list, &QPushButton::clicked, this, &PlayerProblem::listClicked);
}

void PlayerProblem::showProblem(const Playback &playback)
{
    const ShownError &problem = playback.problem();
    m_retry->setVisible(problem.isEmpty() || problem.canRetry());
    const bool isAltered = playback.proof() == Playback::Proof::Mismatch;
    m_provenPart->setVisible(isAltered && !playback.isNothingProven());
    if (isAltered) {
        m_title->setText(tr("The hash does not match"));
        m_text->setText(
            playback.isNothingProven()
                ? tr("This recording was altered or cut off at its beginning: nothing in it can be "
                     "trusted. A backup of the store may hold it unaltered.")
                : tr("This recording was altered or cut off after it was made. What comes before the "
                     "damage can still be played: its hashes match. Nothing after it can be trusted. "
                     "The audit log keeps the hash of the whole recording; a backup of the store may "
                     "hold it unaltered."));
    } else if (problem.isEmpty()) {
        m_title->setText(tr("This recording cannot be played"));
        m_text->setText(problem.message);
    } else {
        m_title->setText(tr("The recording could not be read"));
        m_text->setText(problem.words());
    }
}

}
