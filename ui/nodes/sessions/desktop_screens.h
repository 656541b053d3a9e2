#pragma once
// The screens of the remote desktops that are shown in the console: at most four, on X11 alone; others are in windows of their clients' own. They outlive
// the page that shows them, which is made anew with each change of the language. Ui thread.

#include "models/nodes/sessions/remote_desktop.h"

#include <QPointer>
#include <QWidget>

#include <map>

namespace fb {

class DesktopScreen;
class DesktopWindow;

class DesktopScreens : public QObject
{
    Q_OBJECT
public:
    explicit DesktopScreens(RemoteDesktops &desktops, QObject *parent = nullptr);
    ~DesktopScreens() override;

    RemoteDesktops &desktops() { return m_desktops; }
    // One that a page is to show; null: it is in a window of its own.
    DesktopScreen *screen(int number) const;
    bool hasWindow(int number) const; // one of ours, that can be shut
    void tearOff(int number); // into a window of ours
    void bringBack(int number);
    void park(DesktopScreen *screen); // nobody shows it for now
    // The page that shows them from now on: of two, the one that came later.
    void setShownBy(const QObject *page) { m_shownBy = page; }
    bool isShownBy(const QObject *page) const { return m_shownBy == page; }

signals:
    void changed(); // one more, one less, or elsewhere; also when a desktop has another state

private:
    struct Entry {
        QPointer<DesktopScreen> screen;
        std::unique_ptr<DesktopWindow> window;
    };
    void follow();

    RemoteDesktops &m_desktops;
    QWidget m_attic; // never shown
    std::map<int, Entry> m_entries;
    const QObject *m_shownBy = nullptr;
};

}
