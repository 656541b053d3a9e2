#include "ui/nodes/tools/tool_tab.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/greyed_effect.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/waiting_note.h"

#include <QStackedLayout>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    enum ToolPart { Reading, Nothing, Content };
}

ToolTab::ToolTab(const QString &name, const QString &reading, QWidget *parent)
    : QWidget(parent),
      m_banner(new Banner),
      m_status(new TextLabel(TextRole::Body, Token::Text2)),
      m_nothing(new TextLabel(TextRole::Body, Token::Text2)),
      m_greyed(new GreyedEffect(this)),
      m_stack(new QStackedLayout)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(name + u"Tab"_s);
    m_banner->setObjectName(name + u"Banner"_s);
    m_status->setObjectName(name + u"Status"_s);
    m_nothing->setObjectName(name + u"Empty"_s);
    m_nothing->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_nothing->setContentsMargins(m.pageMargin(), m.step(4), m.pageMargin(), 0);
    auto *bannerLine = new QVBoxLayout;
    bannerLine->setContentsMargins(m.pageMargin(), 0, m.pageMargin(), 0);
    bannerLine->addWidget(m_banner);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, m.step(2), 0, 0);
    all->setSpacing(0);
    all->addLayout(bannerLine);
    all->addLayout(m_stack, 1); // before its parts, which it shows: without a parent they would be windows
    m_stack->addWidget(new WaitingNote(reading));
    m_stack->addWidget(m_nothing);
}

void ToolTab::setContent(QWidget *content, QWidget *aging)
{
    m_stack->addWidget(content);
    aging->setGraphicsEffect(m_greyed);
}

void ToolTab::showState(bool hasContent, bool isLive, const QString &why)
{
    m_nothing->setText(why);
    m_stack->setCurrentIndex(hasContent ? Content : why.isEmpty() ? Reading : Nothing);
    m_greyed->setEnabled(hasContent && !isLive);
}

void ToolTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    setLooking(true);
}

void ToolTab::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    setLooking(false);
}

}
