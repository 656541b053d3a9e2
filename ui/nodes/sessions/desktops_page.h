#pragma once
// Sessions > Desktops (spec/fleet-manager.md 3.9): the remote desktops that are open, those in the console side by side, the others as lines. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"
#include "ui/nodes/sessions/desktop_screens.h"
#include "ui/widgets/page.h"

class QGridLayout;
class QPushButton;
class QVBoxLayout;

namespace fb {

class Banner;
class DesktopHead;
class Divider;
class PageHead;
class Surface;
class TextLabel;

class DesktopsPage : public Page
{
    Q_OBJECT
public:
    DesktopsPage(DesktopScreens &screens, FleetViewModel &fleet, QWidget *parent = nullptr);
    ~DesktopsPage() override;

    void openSheet(const QString &nodeId = {}); // to open one

private:
    struct Tile {
        Surface *frame = nullptr;
        QVBoxLayout *column = nullptr;
        DesktopHead *head = nullptr;
        Divider *edge = nullptr; // above its screen
    };
    QWidget *makeEmpty();
    void arrange();
    void updateTimes();

    DesktopScreens &m_screens;
    FleetViewModel &m_fleet;
    PageHead *m_head;
    Banner *m_banner;
    TextLabel *m_keys;
    QWidget *m_empty;
    QWidget *m_body;
    QVBoxLayout *m_lines;
    QGridLayout *m_grid;
    std::map<int, Tile> m_tiles;
    QPushButton *m_open;
};

}
