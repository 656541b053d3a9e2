#include "ui/nodes/agentbuilds/release_key_line.h"

#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

ReleaseKeyLine::ReleaseKeyLine(AgentBuildsViewModel &builds, QWidget *parent)
    : Surface(Token::Sunken, parent),
      m_builds(builds),
      m_words(new TextLabel(TextRole::Body, Token::Text2)),
      m_key(new TextLabel(TextRole::Code)),
      m_copy(makeIconButton(u"releaseKeyCopy"_s, Icon::Copy, tr("Copy the release key"), this))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"releaseKeyLine"_s);
    setOutline(Token::Border, Metrics::kButtonRadius);
    m_key->setObjectName(u"releaseKey"_s);
    m_key->setElided(Qt::ElideMiddle);
    m_key->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_words->setObjectName(u"releaseKeyWords"_s);
    auto *set = makeButton(u"releaseKeySet"_s, tr("Set the release key..."), Icon::Edit);
    markChange(set);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(m.step(3), m.step(2), m.step(2), m.step(2));
    line->setSpacing(m.toolGap());
    line->addWidget(new IconLabel(Icon::Key));
    line->addWidget(m_words);
    line->addWidget(m_key, 1);
    line->addWidget(m_copy);
    line->addStretch(1);
    line->addWidget(set);
    connect(set, &QPushButton::clicked, this, &ReleaseKeyLine::setClicked);
    connect(m_copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_builds.releaseKey()); });
    connect(&m_builds, &AgentBuildsViewModel::releaseKeyChanged, this, &ReleaseKeyLine::update);
    connect(&m_builds, &ListViewModel::stateChanged, this, &ReleaseKeyLine::update);
    update();
}

void ReleaseKeyLine::update()
{
    const QString &key = m_builds.releaseKey();
    setVisible(m_builds.isLoaded());
    m_words->setText(key.isEmpty()
                         ? tr("No release key is set yet: no build can be published, and no node takes one.")
                         : tr("Release key"));
    m_key->setText(key);
    m_key->setVisible(!key.isEmpty());
    m_copy->setVisible(!key.isEmpty());
}

}
