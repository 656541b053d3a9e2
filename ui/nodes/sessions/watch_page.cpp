#include "ui/nodes/sessions/watch_page.h"

#include "models/nodes/sessions/session_row.h"
#include "models/table/visible_text.h"
#include "ui/nodes/sessions/player_page.h"
#include "ui/terminal/terminal_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

WatchPage::WatchPage(SessionsViewModel &sessions, SessionLinksSource &links, TerminalThread &thread,
                     const QString &id, QWidget *parent)
    : Page(addressOf(id), parent),
      m_sessions(sessions),
      m_head(new PageHead),
      m_banner(new Banner),
      m_play(makeButton(u"watchPlay"_s, tr("Play from the start"), Icon::Start)),
      m_owner(new TextLabel(TextRole::Body, Token::Text2)),
      m_reason(new TextLabel(TextRole::Body, Token::Text2)),
      m_note(new TextLabel(TextRole::Body, Token::Text2)),
      m_terminal(new FittedTerminal(thread)),
      m_watch(std::make_unique<SessionWatch>(links, m_terminal->model(), id))
{
    const Metrics &m = themeOf(this).metrics();
    setCrumb(id);
    m_banner->setObjectName(u"watchBanner"_s);
    m_banner->hide();
    m_terminal->setObjectName(u"watchScreen"_s);
    m_terminal->view().setObjectName(u"watchTerminal"_s);
    m_terminal->view().setAccessibleName(tr("Watched terminal"));
    m_note->setObjectName(u"watchNote"_s);
    m_reason->setElided(Qt::ElideRight);
    m_head->addAction(m_play);
    for (TextLabel *fact : {m_owner, m_reason, m_note})
        m_head->addFact(fact);
    auto *upper = new QVBoxLayout;
    upper->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    upper->setSpacing(m.step(3));
    upper->addWidget(m_head);
    upper->addWidget(m_banner);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(upper);
    all->addWidget(new Divider(Qt::Horizontal));
    all->addWidget(m_terminal, 1);
    connect(m_play, &QPushButton::clicked, this, [this, id] { emit navigate(PlayerPage::addressOf(id)); });
    connect(m_banner, &Banner::actionClicked, this, [this] { m_watch->start(); });
    connect(&m_terminal->view(), &TerminalView::menuRequested, this, &WatchPage::showMenu);
    connect(m_watch.get(), &SessionWatch::changed, this, &WatchPage::update);
    connect(m_watch.get(), &SessionWatch::sizeChanged, m_terminal, &FittedTerminal::fit);
    connect(&m_sessions, &ListViewModel::valuesChanged, this, &WatchPage::update);
    m_watch->start();
}

WatchPage::~WatchPage()
{
    m_watch->disconnect(this);
    m_watch.reset(); // before its terminal
}

void WatchPage::update()
{
    using State = SessionWatch::State;
    const SessionNews &news = m_watch->news();
    const SessionRow *row = m_sessions.values().value(m_watch->id());
    m_head->setTitle(row ? tr("Watching %1").arg(row->nodeName) : tr("Watching a session"));
    m_owner->setText(!news.owner.isEmpty() ? news.owner : row ? row->owner : QString());
    m_reason->setText(news.reason.isEmpty() ? QString()
                                            : tr("Reason: %1").arg(visibleText(news.reason, 120)));
    m_play->setEnabled(news.recorded);
    m_play->setToolTip(news.recorded ? QString() : tr("This session is not recorded."));
    switch (m_watch->state()) {
    case State::Opening:
        m_head->setChip(StateKind::Running, tr("Opening"));
        m_note->setText({});
        m_banner->hide();
        break;
    case State::Watching:
        m_head->setChip(SessionTable::statusKind(news.status), SessionTable::statusWord(news.status));
        m_note->setText(tr("Nothing you type is sent. The operator can see that you are watching."));
        m_banner->hide();
        break;
    case State::Ended:
        m_head->setChip(SessionTable::statusKind(news.status), SessionTable::statusWord(news.status));
        m_note->setText({});
        m_banner->showMessage(Tone::Accent, Icon::Notice, tr("The session has ended."),
                              visibleText(SessionTable::causeWord(news.details), 200));
        m_banner->setAction({});
        break;
    case State::Refused:
        m_head->setChip(StateKind::Failed, tr("Not watched"));
        m_note->setText({});
        m_banner->showProblem(m_watch->refusal(), tr("The session cannot be shown."));
        m_banner->setAction(tr("Watch again"));
        break;
    }
}

void WatchPage::onShown() { m_terminal->view().setFocus(Qt::OtherFocusReason); }

void WatchPage::showMenu(const QPoint &globalPos)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction *action : m_terminal->view().editActions()) {
        if (action->isEnabled())
            menu->addAction(action);
    }
    menu->popup(globalPos);
}

}
