#pragma once
// The sessions desk: open sessions in tabs and panes, which of them is in front, what has been written unseen, who types to whom. It outlives the
// window, and its arrangement the console: sessions that still run are offered again (ux.md 5). Ui thread.

#include "models/nodes/sessions/pane_layout.h"
#include "models/nodes/sessions/session_terminal.h"
#include "models/nodes/sessions/sessions_source.h"

#include <QPointer>
#include <QSet>
#include <QTimer>

#include <map>
#include <memory>

namespace fb {

class ConsoleSettings;

struct DeskTab {
    int id = 0;
    QString name; // given by hand; empty: after its panes
    PaneLayout layout;
    int focused = 0; // pane
    QSet<int> broadcast; // panes that get what is typed in one of them
    bool isUnseen = false; // something was written while another was in front
    bool hasRung = false;
    bool isTornOff = false; // in a window of its own
};

class SessionDeskModel : public QObject
{
    Q_OBJECT
public:
    SessionDeskModel(SessionLinksSource &source, SessionsViewModel &sessions, TerminalThread &thread,
                     ConsoleSettings &settings, QObject *parent = nullptr);
    ~SessionDeskModel() override;

    SessionLinksSource &source() { return m_source; }
    SessionsSource &records() { return m_sessions.source(); } // marks, recordings
    const QList<DeskTab> &tabs() const { return m_tabs; }
    const DeskTab *tab(int id) const; // nullptr: unknown
    const DeskTab *tabOf(int pane) const;
    int current() const { return m_current; } // tab in front; 0: none
    SessionLink *link(int pane) const; // nullptr: unknown
    TerminalModel *terminal(int pane) const;
    QString titleOf(const DeskTab &tab) const; // its name, else the node of its first pane
    QString contextOf(const DeskTab &tab) const; // "3 panes", the document, "ended"
    int openCount() const; // sessions that have not ended
    QStringList liveNodes(const QList<int> &panes) const; // names, of those that have not ended

    int open(const SessionWish &wish); // in a tab of its own; the pane
    void openGrid(const QList<SessionWish> &wishes);
    void openLeft(const QString &sessionId,
                  const SessionWish &wish); // resumes one that runs; goes to it if it is here
    int split(int pane, Qt::Orientation orientation, const SessionWish &wish);
    void splitAgain(int pane, Qt::Orientation orientation); // the same node, document and reason
    void moveInto(int tab, int pane, Qt::Orientation orientation,
                  bool before); // all panes of a tab beside that one
    void closePane(int pane); // ends its session
    void closeTab(int tab);

    void setCurrent(int tab);
    void step(int by); // to the next tab, round
    void setFocused(int pane);
    void moveTab(qsizetype from, qsizetype to);
    void rename(int tab, const QString &name); // empty: after its panes again
    void setTornOff(int tab, bool tornOff);
    void setShares(int tab, const QList<int> &path, const QList<double> &shares);
    void arrangeGrid(int tab); // its panes, as even as can be
    void setBroadcast(int tab, const QSet<int> &panes);

    QList<int> resumable() const; // panes, of an earlier console or taken over
    void resumeAll();

signals:
    void tabsChanged(); // which there are, their order, where they are
    void tabChanged(int tab); // its title, marks, broadcast
    void layoutChanged(int tab); // its panes
    void currentChanged(int tab);
    void focusChanged(int pane);
    void linksChanged(); // states of sessions
    void problemArose(const fb::ShownError &problem);

private:
    int addPane(const SessionWish &wish);
    DeskTab *mutableTab(int id);
    DeskTab *mutableTabOf(int pane);
    DeskTab &addTab(const PaneLayout &layout);
    void dropPane(int pane);
    void removeTab(int tab);
    void typed(int pane, const QByteArray &bytes); // by hand: the others that it broadcasts to get it too
    void noteOutput(int pane);
    void rang(int pane);
    void keepSoon() { m_keep.start(); }
    void keep();
    void restore();
    void judgeLeft(); // what became of those of an earlier console

    SessionLinksSource &m_source;
    SessionsViewModel &m_sessions;
    TerminalThread &m_thread;
    ConsoleSettings &m_settings;
    QList<DeskTab> m_tabs;
    std::map<int, std::unique_ptr<SessionTerminal>> m_panes;
    int m_current = 0;
    int m_lastId = 0; // of tabs and panes
    bool m_judged = false;
    QTimer m_keep;
};

}
