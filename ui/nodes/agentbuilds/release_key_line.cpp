#include "ui/nodes/agentbuilds/release_key_line.h"

#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
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
      m_setBy(new TextLabel(TextRole::Body, Token::Text2)),
      m_copy(makeIconButton(u"releaseKeyCopy"_s, Icon::Copy, tr("Copy the release key"), this)),
      m_audit(makeIconButton(u"releaseKeyAudit"_s, Icon::Audit,
                             tr("Who set the release key and when, in the audit log"), this))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"releaseKeyLine"_s);
    setOutline(Token::Border, Metrics::kButtonRadius);
    m_key->setObjectName(u"releaseKey"_s);
    m_key->setElided(Qt::ElideMiddle);
    m_key->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_setBy->setObjectName(u"releaseKeySetBy"_s);
    m_setBy->setElided(Qt::ElideRight);
    m_words->setObjectName(u"releaseKeyWords"_s);
    auto *set = makeButton(u"releaseKeySet"_s, tr("Set the release key..."), Icon::Edit);
    markChange(set, "flagbridge:SetReleaseKey");
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(m.step(3), m.step(2), m.step(2), m.step(2));
    line->setSpacing(m.toolGap());
    line->addWidget(new IconLabel(Icon::Key));
    line->addWidget(m_words);
    line->addWidget(m_key, 1);
    line->addWidget(m_copy);
    line->addWidget(m_setBy);
    line->addStretch(1);
    line->addWidget(m_audit);
    line->addWidget(set);
    connect(set, &QPushButton::clicked, this, &ReleaseKeyLine::setClicked);
    connect(m_audit, &QToolButton::clicked, this, &ReleaseKeyLine::auditClicked);
    connect(m_copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_builds.releaseKey().hex); });
    connect(&m_builds, &AgentBuildsViewModel::releaseKeyChanged, this, &ReleaseKeyLine::update);
    connect(&m_builds, &ListViewModel::stateChanged, this, &ReleaseKeyLine::update);
    update();
}

void ReleaseKeyLine::update()
{
    const ReleaseKeyRow &key = m_builds.releaseKey();
    const bool isSet = !key.hex.isEmpty();
    setVisible(m_builds.isLoaded());
    m_words->setText(
        isSet ? tr("Release key")
              : tr("No release key is set yet: builds cannot be published, and nodes do not accept any."));
    m_key->setText(key.hex);
    m_key->setVisible(isSet);
    m_copy->setVisible(isSet);
    m_setBy->setText(
        tr("set by %1, %2").arg(visibleText(key.setBy, 60), RelativeTime::ago(key.setAt, m_builds.now())));
    m_setBy->setToolTip(RelativeTime::exact(key.setAt));
    m_setBy->setVisible(isSet && !key.setBy.isEmpty());
    m_audit->setVisible(isSet);
}

}
