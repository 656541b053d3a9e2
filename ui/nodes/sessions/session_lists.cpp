#include "ui/nodes/sessions/session_lists.h"

#include "ui/theme/theme.h"
#include "ui/widgets/surface.h"

#include <QTabBar>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QStringList kTabs {u"desk"_s, u"active"_s, u"history"_s};

    TableQuery queryOf(const QString &tab)
    {
        const QStringList states = tab == u"active"
            ? QStringList {u"Connecting"_s, u"Connected"_s, u"Disconnected"_s, u"Terminating"_s}
            : QStringList {u"Terminated"_s, u"Failed"_s};
        return {.text = {}, .tokens = {{.key = u"status"_s, .values = states}}};
    }
}

SessionLists::SessionLists(SessionsViewModel &sessions, QWidget *parent)
    : QWidget(parent),
      m_page(new SessionsPage(sessions)),
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
    column->addWidget(m_page, 1);
    connect(m_bar, &QTabBar::currentChanged, this, [this](int index) {
        if (index == 0) {
            emit deskAsked();
            return;
        }
        setTab(kTabs[index]);
        emit viewChanged();
    });
    connect(m_page, &Page::viewChanged, this, &SessionLists::viewChanged);
}

QString SessionLists::tab() const { return kTabs[qMax(1, m_bar->currentIndex())]; }

void SessionLists::setTab(const QString &tab)
{
    const QSignalBlocker quiet(m_bar);
    m_bar->setCurrentIndex(tab == u"active" ? 1 : 2);
    ViewState view;
    view.setQuery(queryOf(this->tab()));
    m_page->setView(view);
}

void SessionLists::writeTo(ViewState &view) const
{
    view = m_page->view();
    if (view.query() == queryOf(tab()))
        view.setQuery({}); // the tab says it
    view.set(u"tab"_s, tab());
}

void SessionLists::readFrom(const ViewState &view)
{
    const QSignalBlocker quiet(m_bar);
    const bool isActive = view.value(u"tab"_s) == u"active";
    m_bar->setCurrentIndex(isActive ? 1 : 2);
    ViewState inside = view;
    // A row may be of either; without words of its own the tab chooses.
    if (view.query().isEmpty() && (!view.value(u"tab"_s).isEmpty() || view.value(u"row"_s).isEmpty()))
        inside.setQuery(queryOf(tab()));
    m_page->setView(inside);
}

}
