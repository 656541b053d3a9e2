#include "ui/nodes/sessions/session_lists.h"

#include "ui/theme/theme.h"
#include "ui/widgets/surface.h"

#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QStringList kTabs {u"desk"_s,       u"active"_s,  u"history"_s,
                             u"recordings"_s, u"tunnels"_s, u"desktops"_s};
    constexpr int kRecordings = 3;
    constexpr int kTunnels = 4;
    constexpr int kDesktops = 5;

    TableQuery queryOf(const QString &tab)
    {
        const QStringList states = tab == u"active"
            ? QStringList {u"Connecting"_s, u"Connected"_s, u"Disconnected"_s, u"Terminating"_s}
            : QStringList {u"Terminated"_s, u"Failed"_s};
        return {.text = {}, .tokens = {{.key = u"status"_s, .values = states}}};
    }
}

SessionLists::SessionLists(SessionsViewModel &sessions, RecordingSearchViewModel &recordings,
                           TunnelsViewModel &tunnels, DesktopScreens &screens, FleetViewModel &fleet,
                           QWidget *parent)
    : QWidget(parent),
      m_page(new SessionsPage(sessions)),
      m_recordings(new RecordingSearchPage(recordings)),
      m_tunnels(new TunnelsPage(tunnels, fleet)),
      m_desktops(new DesktopsPage(screens, fleet)),
      m_pages(new QStackedWidget),
      m_bar(new QTabBar)
{
    const Metrics &m = themeOf(this).metrics();
    m_bar->setObjectName(u"sessionLists"_s);
    m_bar->setAccessibleName(tr("Sessions"));
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->addTab(tr("Terminals"));
    m_bar->addTab(tr("Active"));
    m_bar->addTab(tr("History"));
    m_bar->addTab(tr("Recording search"));
    m_bar->addTab(tr("Tunnels"));
    m_bar->addTab(tr("Desktops"));
    m_bar->setCurrentIndex(1);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(m.pageMargin() - m.step(2), 0, m.pageMargin(), 0);
    line->addWidget(m_bar);
    line->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(line);
    column->addWidget(new Divider(Qt::Horizontal));
    m_pages->addWidget(m_page);
    m_pages->addWidget(m_recordings);
    m_pages->addWidget(m_tunnels);
    m_pages->addWidget(m_desktops);
    column->addWidget(m_pages, 1);
    connect(m_bar, &QTabBar::currentChanged, this, [this](int index) {
        if (index == 0) {
            emit deskAsked();
            return;
        }
        setTab(kTabs[index]);
        emit viewChanged();
    });
    connect(m_page, &Page::viewChanged, this, &SessionLists::viewChanged);
    connect(m_recordings, &Page::viewChanged, this, &SessionLists::viewChanged);
    connect(m_tunnels, &Page::viewChanged, this, &SessionLists::viewChanged);
}

Page &SessionLists::front() const { return static_cast<Page &>(*m_pages->currentWidget()); }

bool SessionLists::isOfSessions() const { return m_pages->currentWidget() == m_page; }

void SessionLists::choose(int index)
{
    const QSignalBlocker quiet(m_bar);
    m_bar->setCurrentIndex(index);
    m_pages->setCurrentWidget(index == kTunnels          ? static_cast<QWidget *>(m_tunnels)
                                  : index == kDesktops   ? static_cast<QWidget *>(m_desktops)
                                  : index == kRecordings ? static_cast<QWidget *>(m_recordings)
                                                         : m_page);
}

QString SessionLists::tab() const { return kTabs[qMax(1, m_bar->currentIndex())]; }

void SessionLists::setTab(const QString &tab)
{
    choose(static_cast<int>(std::max<qsizetype>(1, kTabs.indexOf(tab))));
    if (this->tab() == u"recordings")
        m_recordings->focusFilter();
    if (!isOfSessions())
        return;
    ViewState view;
    view.setQuery(queryOf(this->tab()));
    m_page->setView(view);
}

void SessionLists::writeTo(ViewState &view) const
{
    view = front().view();
    if (isOfSessions() && view.query() == queryOf(tab()))
        view.setQuery({}); // the tab says it
    view.set(u"tab"_s, tab());
}

void SessionLists::readFrom(const ViewState &view)
{
    const QString wanted = view.value(u"tab"_s);
    const auto known = kTabs.indexOf(wanted);
    choose(known < 1 ? 2 : static_cast<int>(known)); // a link to a row or a filter alone is of the history
    if (!isOfSessions()) {
        front().setView(view);
        if (wanted == u"recordings")
            m_recordings->focusFilter();
        return;
    }
    ViewState inside = view;
    // A row may be of either; without words of its own the tab chooses.
    if (view.query().isEmpty() && (!view.value(u"tab"_s).isEmpty() || view.value(u"row"_s).isEmpty()))
        inside.setQuery(queryOf(tab()));
    m_page->setView(inside);
}

}
