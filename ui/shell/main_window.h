#pragma once
// The window (ux.md 1): top bar, sidebar, one page at a time, status strip. Pages are made from their addresses when first shown and
// kept; commands stand in the menu and in the palette alike. The window is rebuilt from its address when the language changes. Ui thread.

#include "ui/shell/command_registry.h"
#include "ui/shell/navigator.h"
#include "ui/shell/palette.h"
#include "ui/shell/status_strip.h"
#include "ui/shell/workspace.h"
#include "ui/widgets/page.h"

#include <QHash>
#include <QMainWindow>

class QMenu;
class QStackedWidget;

namespace fb {

class Banner;
class EditGate;
class LayoutKeeper;
class Sidebar;
class TableExport;
class TopBar;

class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    struct Setup {
        QList<PageEntry> entries;
        QList<ShellCommand> commands; // beside those of the shell itself
        std::function<QList<PaletteEntry>(const QString &query, int most)>
            things; // what else the palette finds
        QString operatorName;
        QString operatorRole;
        QString operatorScope; // which nodes, translated
        QStringList operatorCommands; // by name, what stands in the operator's menu
        QList<DockEntry> docks;
        std::function<bool()> mayClose; // false: there is something to be asked first; none: always
    };

    MainWindow(Setup setup, ConsoleSettings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    bool isLink(const QString &text) const; // a flagbridge:// link to a page there is
    void openAddress(const QString &address);
    QString address() const { return Navigator::pageOf(m_navigator.current()); }
    QString link() const; // the address with its view
    Navigator::Steps steps() const { return m_navigator.steps(); }
    void resume(const Navigator::Steps &steps) { m_navigator.resume(steps); } // of the window before this one
    Page *page() const;
    StatusStrip &status() { return *m_status; }
    Banner &banner() { return *m_banner; } // above every page: engine lost, no keychain
    void openPalette();
    void openShortcuts();
    void keepLayout(); // now, not in a moment
    // What asks for action on a page, beside its title in the sidebar; 0: nothing.
    void setCount(const QString &page, int count, const QString &what);
    void setDockNews(const QString &dock, bool news); // something in it has not been seen
    CommandRegistry &commands() { return m_commands; }
    Workspace &workspace() { return *m_workspace; }
    // While the engine does not answer: what changes something waits, what reads goes on (ux.md 9).
    void setEditable(bool editable);
    // What the operator may not do, by the permission it takes; asked again when the answers have changed.
    void setWhyNot(const std::function<QString(const QString &action)> &whyNot);

signals:
    void addressChanged(const QString &address);
    void exportStarted(fb::TableExport *job);

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool next) override; // in reading order

private:
    void buildMenu();
    void buildOperatorMenu();
    QAction *addCommand(const ShellCommand &command);
    void updateKeyHints();
    void keepRecent();
    QList<PaletteEntry> keptRecent() const;
    void showAddress(const QString &address);
    void makeAnew(Page *page, const QString &address);
    void updateCrumbs();
    const PageEntry *entryOf(const QString &address) const;
    QList<PaletteEntry> paletteEntries();
    void cycleRegion(bool forward);

    Setup m_setup;
    ConsoleSettings &m_settings;
    CommandRegistry m_commands;
    EditGate *m_gate;
    LayoutKeeper *m_layout;
    Navigator m_navigator;
    QMenu *m_menu;
    QMenu *m_operatorMenu;
    TopBar *m_topBar;
    Sidebar *m_sidebar;
    Banner *m_banner;
    QStackedWidget *m_stack;
    Workspace *m_workspace;
    StatusStrip *m_status;
    Palette *m_palette;
    QHash<QString, Page *> m_pages; // by address
    bool m_editable = true;
    bool m_keepsLayout = true; // false: it was reset, and this window is on its way out
    QStringList m_recent; // addresses of item pages, oldest first
};

}
