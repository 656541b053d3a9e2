#include "ui/nodes/rollover/ca_lines.h"

#include "models/table/relative_time.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>

namespace fb {

using namespace Qt::StringLiterals;

CaLines::CaLines(CaRollOverViewModel &rollOver, QWidget *parent)
    : Surface(Token::Sunken, parent),
      m_rollOver(rollOver),
      m_progress(new TextLabel(TextRole::Body))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"caLines"_s);
    setOutline(Token::Border, Metrics::kButtonRadius);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(m.step(3), m.step(2), m.step(2), m.step(2));
    grid->setHorizontalSpacing(m.toolGap());
    grid->setVerticalSpacing(m.step(1));
    grid->setColumnStretch(1, 1);
    m_present = addLine(grid, 0, u"caPresent"_s, tr("Present CA"), tr("Copy the SHA-256 of the present CA"));
    m_next = addLine(grid, 1, u"caNext"_s, tr("Next CA"), tr("Copy the SHA-256 of the next CA"));
    m_progress->setObjectName(u"caProgress"_s);
    m_progress->setWordWrap(true);
    grid->addWidget(m_progress, 2, 0, 1, 4);
    connect(&m_rollOver, &CaRollOverViewModel::caChanged, this, &CaLines::update);
    connect(&m_rollOver, &ListViewModel::stateChanged, this, &CaLines::update);
    update();
}

CaLines::Line CaLines::addLine(QGridLayout *grid, int row, const QString &name, const QString &words,
                               const QString &copy)
{
    Line line {.words = new TextLabel(words, TextRole::Body, Token::Text2),
               .hash = new TextLabel(TextRole::Code),
               .copy = makeIconButton(name + u"Copy"_s, Icon::Copy, copy, this),
               .validity = new TextLabel(TextRole::Body, Token::Text2)};
    line.hash->setObjectName(name);
    line.hash->setElided(Qt::ElideMiddle);
    line.hash->setTextInteractionFlags(Qt::TextSelectableByMouse);
    line.validity->setObjectName(name + u"Validity"_s);
    grid->addWidget(line.words, row, 0);
    grid->addWidget(line.hash, row, 1);
    grid->addWidget(line.copy, row, 2);
    grid->addWidget(line.validity, row, 3);
    connect(line.copy, &QToolButton::clicked, this,
            [hash = line.hash] { QGuiApplication::clipboard()->setText(hash->text()); });
    return line;
}

void CaLines::show(const Line &line, const QString &sha256, Instant notAfter, bool endsSoon)
{
    const bool isThere = !sha256.isEmpty();
    for (QWidget *part : QList<QWidget *> {line.words, line.hash, line.copy, line.validity})
        part->setVisible(isThere);
    line.hash->setText(sha256);
    const QString day = RelativeTime::iso(notAfter).left(10);
    line.validity->setText(endsSoon ? tr("valid only until %1: begin a roll-over").arg(day)
                                    : tr("valid until %1").arg(day));
    line.validity->setToolTip(RelativeTime::exact(notAfter));
    if (endsSoon)
        line.validity->setTone(Tone::Waiting);
    else
        line.validity->setToken(Token::Text2);
}

void CaLines::update()
{
    const ShownFleetCa &state = m_rollOver.state();
    setVisible(m_rollOver.isLoaded());
    show(m_present, state.sha256, state.notAfter,
         state.phase == ShownFleetCa::Phase::Stable && state.endsSoon(m_rollOver.now()));
    show(m_next, state.nextSha256, state.nextNotAfter, false);
    m_progress->setText(state.progress());
    m_progress->setVisible(!state.progress().isEmpty());
}

}
