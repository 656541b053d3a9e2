#include "ui/activity/notices_panel.h"

#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/state_look.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

NoticesPanel::NoticesPanel(NoticeList &notices, QWidget *parent)
    : ListPanel(u"noticesPanel"_s,
                tr("No notifications. Runs that end while you are on another page, lost nodes and finished "
                   "exports are listed here."),
                tr("Clear all"), parent),
      m_notices(notices)
{
    connect(&notices, &NoticeList::changed, this, &NoticesPanel::fill);
    connect(this, &ListPanel::clearClicked, &notices, &NoticeList::clear);
    fill();
}

void NoticesPanel::showEvent(QShowEvent *event)
{
    ListPanel::showEvent(event);
    m_notices.markSeen();
}

void NoticesPanel::fill()
{
    QList<QWidget *> cards;
    for (const Notice &notice : m_notices.all())
        cards << card(notice);
    setCards(cards);
    setClearable(!cards.isEmpty());
    if (isVisible())
        m_notices.markSeen();
}

QWidget *NoticesPanel::card(const Notice &notice)
{
    const Metrics &m = themeOf(this).metrics();
    auto *surface = Surface::card();
    surface->setObjectName(u"notice-%1"_s.arg(notice.number));
    surface->setAccessibleName(notice.title);
    auto *column = new QVBoxLayout(surface);
    column->setContentsMargins(m.step(2.5), m.step(2), m.step(2.5), m.step(2));
    column->setSpacing(m.step(1));
    auto *title = new TextLabel(visibleText(notice.title), TextRole::BodyMedium);
    title->setWordWrap(true);
    column->addWidget(title);
    if (!notice.detail.isEmpty()) {
        auto *detail = new TextLabel(visibleText(notice.detail), TextRole::Small);
        detail->setTone(lookOf(notice.state).tone);
        detail->setWordWrap(true);
        column->addWidget(detail);
    }
    const QString when = notice.times > 1
        ? tr("%1, %n times", nullptr, notice.times).arg(RelativeTime::clock(notice.at))
        : RelativeTime::clock(notice.at);
    auto *line = new QHBoxLayout;
    line->addWidget(new TextLabel(when, TextRole::Small, Token::Text2), 1);
    if (!notice.address.isEmpty()) {
        auto *open
            = makeButton(u"noticeOpen-%1"_s.arg(notice.number), notice.action, Icon::None, ButtonKind::Link);
        connect(open, &QPushButton::clicked, this,
                [this, address = notice.address] { emit opened(address); });
        line->addWidget(open);
    }
    column->addLayout(line);
    return surface;
}

}
