#include "ui/nodes/sessions/desktop_screens.h"

#include "ui/nodes/sessions/desktop_screen.h"
#include "ui/nodes/sessions/desktop_window.h"

#include <algorithm>

namespace fb {

DesktopScreens::DesktopScreens(RemoteDesktops &desktops, QObject *parent)
    : QObject(parent),
      m_desktops(desktops)
{
    m_desktops.setPlaces([this](int number) -> std::optional<DesktopPlace> {
        const auto found = m_entries.find(number);
        if (found == m_entries.end() || !found->second.screen)
            return std::nullopt;
        return found->second.screen->place();
    });
    connect(&m_desktops, &RemoteDesktops::rowsChanged, this, &DesktopScreens::follow);
}

DesktopScreens::~DesktopScreens()
{
    m_desktops.setPlaces({});
    for (auto &[number, entry] : m_entries)
        delete entry.screen.data(); // wherever it is
}

void DesktopScreens::follow()
{
    const QList<DesktopRow> rows = m_desktops.rows();
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        const bool isThere = std::any_of(
            rows.begin(), rows.end(), [&entry](const DesktopRow &row) { return row.number == entry->first; });
        if (isThere) {
            ++entry;
            continue;
        }
        if (entry->second.screen) {
            park(entry->second.screen); // we may be in one of its events
            entry->second.screen->deleteLater();
        }
        if (entry->second.window) {
            entry->second.window->hide();
            entry->second.window.release()->deleteLater();
        }
        entry = m_entries.erase(entry);
    }
    for (const DesktopRow &row : rows) {
        if (!X11Guest::isPossible() || m_entries.size() >= size_t(DesktopTime::kSideBySide) || row.isOpen)
            continue;
        Entry &entry = m_entries[row.number];
        if (!entry.screen)
            entry.screen = new DesktopScreen(row.nodeName, &m_attic);
    }
    emit changed();
}

DesktopScreen *DesktopScreens::screen(int number) const
{
    const auto found = m_entries.find(number);
    return found == m_entries.end() || found->second.window ? nullptr : found->second.screen.data();
}

bool DesktopScreens::hasWindow(int number) const
{
    const auto found = m_entries.find(number);
    return found != m_entries.end() && found->second.window;
}

void DesktopScreens::tearOff(int number)
{
    const auto found = m_entries.find(number);
    if (found == m_entries.end() || !found->second.screen)
        return;
    if (!found->second.window) {
        found->second.window = std::make_unique<DesktopWindow>(*this, number, *found->second.screen);
        connect(found->second.window.get(), &DesktopWindow::shut, this,
                [this, number] { bringBack(number); });
        emit changed();
    }
    found->second.window->show();
    found->second.window->raise();
    found->second.window->activateWindow();
}

void DesktopScreens::bringBack(int number)
{
    const auto found = m_entries.find(number);
    if (found == m_entries.end() || !found->second.window)
        return;
    if (found->second.screen)
        park(found->second.screen);
    DesktopWindow *window = found->second.window.release(); // we may be in one of its events
    window->hide();
    window->deleteLater();
    emit changed();
}

void DesktopScreens::park(DesktopScreen *screen)
{
    screen->leave();
    screen->setParent(&m_attic);
}

}
