#include "ui/shell/main_window.h"

#include "models/settings/console_settings.h"
#include "models/table/visible_text.h"
#include "ui/shell/console_link.h"
#include "ui/shell/field_help.h"
#include "ui/shell/layout_keeper.h"
#include "ui/shell/shortcuts_sheet.h"
#include "ui/shell/sidebar.h"
#include "ui/shell/top_bar.h"
#include "ui/theme/focus_edge.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/button_keys.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/reading_order.h"
#include "ui/widgets/table_bar.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kItemPagesKept = 8;
    constexpr QSize kSmallest {1024, 640};

    // The window's banner as far from the top bar as from the sides; no gap while there is none.
    class BannerBox final : public QWidget
    {
    public:
        BannerBox(Banner &banner, QWidget *parent) : QWidget(parent), m_banner(banner)
        {
            (new QVBoxLayout(this))->addWidget(&m_banner);
            setGap();
        }

    protected:
        bool event(QEvent *event) override
        {
            if (event->type() == QEvent::LayoutRequest)
                setGap();
            return QWidget::event(event);
        }

    private:
        void setGap()
        {
            const Metrics &m = themeOf(this).metrics();
            layout()->setContentsMargins(m.pageMargin(), m_banner.isHidden() ? 0 : m.step(3), m.pageMargin(),
                                         0);
        }

        Banner &m_banner;
    };
}

MainWindow::MainWindow(Setup setup, ConsoleSettings &settings, QWidget *parent)
    : QMainWindow(parent),
      m_setup(std::move(setup)),
      m_settings(settings),
      m_commands(settings, this),
      m_gate(new EditGate(*this)),
      m_layout(new LayoutKeeper(settings, this)),
      m_menu(new QMenu(this)),
      m_operatorMenu(new QMenu(this)),
      m_topBar(new TopBar(m_menu, m_operatorMenu, this)),
      m_sidebar(new Sidebar(m_setup.entries, this)),
      m_banner(new Banner(this)),
      m_stack(new QStackedWidget(this)),
      m_workspace(new Workspace(settings, m_stack, this)),
      m_status(new StatusStrip(this))
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(u"Flagbridge"_s);
    setWindowIcon(QIcon(u":/logo/logo.svg"_s));
    setMinimumSize(kSmallest);
    resize(1440, 900);
    m_topBar->setOperator(m_setup.operatorName, m_setup.operatorRole);

    auto *bannerBox = new BannerBox(*m_banner, this);
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(bannerBox);
    right->addWidget(m_workspace, 1);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_sidebar);
    middle->addLayout(right, 1);
    auto *central = new QWidget(this);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_topBar);
    column->addLayout(middle, 1);
    column->addWidget(m_status);
    setCentralWidget(central);

    m_palette = new Palette({.fixed = [this] { return paletteEntries(); },
                             .things = m_setup.things,
                             .isLink = [this](const QString &text) { return isLink(text); },
                             .openAddress = [this](const QString &address) { openAddress(address); }},
                            central);
    connect(m_topBar, &TopBar::searchClicked, this, &MainWindow::openPalette);
    connect(m_topBar, &TopBar::backClicked, &m_navigator, &Navigator::back);
    connect(m_topBar, &TopBar::forwardClicked, &m_navigator, &Navigator::forward);
    connect(m_topBar, &TopBar::crumbClicked, this, &MainWindow::openAddress);
    connect(m_sidebar, &Sidebar::chosen, this, &MainWindow::openAddress);
    connect(m_status, &StatusStrip::chosen, this, &MainWindow::openAddress);
    connect(&m_navigator, &Navigator::currentChanged, this, &MainWindow::showAddress);
    m_sidebar->setFolded(settings.foldedGroups());
    m_sidebar->setVisible(settings.sidebarShown());
    connect(m_sidebar, &Sidebar::foldedChanged, this,
            [this] { m_settings.setFoldedGroups(m_sidebar->folded()); });
    connect(&settings, &ConsoleSettings::layoutReset, this, [this] { m_keepsLayout = false; });
    m_palette->setRecent(keptRecent());
    connect(m_palette, &Palette::recentChanged, this, &MainWindow::keepRecent);
    buildMenu();
    buildOperatorMenu();
    connect(&m_commands, &CommandRegistry::keysChanged, this, &MainWindow::updateKeyHints);
    updateKeyHints();
}

MainWindow::~MainWindow() { keepLayout(); } // while the pages are there

void MainWindow::closeEvent(QCloseEvent *event)
{
    event->setAccepted(!m_setup.mayClose || m_setup.mayClose());
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (!clickByEnter(*event, focusWidget()))
        QMainWindow::keyPressEvent(event);
}

bool MainWindow::focusNextPrevChild(bool next) { return focusInReadingOrder(this, next); }

void MainWindow::setEditable(bool editable)
{
    m_editable = editable;
    m_gate->setOpen(editable);
    const QList<PageHead *> heads = m_stack->findChildren<PageHead *>();
    for (PageHead *head : heads)
        head->setActionsEnabled(editable);
}

void MainWindow::setWhyNot(const std::function<QString(const QString &action)> &whyNot)
{
    m_gate->setWhyNot(whyNot);
    m_commands.setWhyNot(whyNot);
}

QAction *MainWindow::addCommand(const ShellCommand &command)
{
    const QList<ShellCommand> &before = m_commands.commands();
    if (before.isEmpty() || before.last().menu != command.menu)
        m_menu->addSeparator();
    QAction *action = m_commands.add(command);
    m_menu->addAction(action);
    return action;
}

void MainWindow::buildMenu()
{
    m_menu->setToolTipsVisible(true); // of what the operator may not do
    for (const ShellCommand &command : std::as_const(m_setup.commands))
        addCommand(command);
    const QString go = tr("Go");
    addCommand({u"goBack"_s, go, tr("Back"), QKeySequence(Qt::ALT | Qt::Key_Left), Icon::Back,
                [this] { m_navigator.back(); }});
    addCommand({u"goForward"_s, go, tr("Forward"), QKeySequence(Qt::ALT | Qt::Key_Right), Icon::Forward,
                [this] { m_navigator.forward(); }});
    QStringList groups;
    for (const PageEntry &entry : std::as_const(m_setup.entries)) {
        if (groups.contains(entry.group))
            continue;
        groups << entry.group;
        addCommand({u"goGroup-"_s + QString::number(groups.size()), go, tr("Go to %1").arg(entry.group),
                    QKeySequence(Qt::CTRL | (Qt::Key_0 + static_cast<int>(groups.size()))), entry.icon,
                    [this, name = entry.name] { openAddress(name); }});
    }
    addCommand({u"openPalette"_s, go, tr("Search or run"), QKeySequence(Qt::CTRL | Qt::Key_K), Icon::Search,
                [this] { openPalette(); }});
    addCommand({u"focusFilter"_s, go, tr("Filter this page"), QKeySequence(Qt::CTRL | Qt::Key_F),
                Icon::Filter, [this] {
                    if (page())
                        page()->focusFilter();
                }});
    addCommand({u"copyLink"_s, go, tr("Copy link to this page"),
                QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U), Icon::Link,
                [this] { QGuiApplication::clipboard()->setText(u"flagbridge://"_s + link()); }});
    addCommand({u"fieldHelp"_s, go, tr("Help for the focused item"), QKeySequence(Qt::Key_F1), Icon::Help,
                [] { showFieldHelp(QApplication::focusWidget()); }});
    const QString window = tr("Window");
    addCommand({u"toggleSidebar"_s, window, tr("Show or hide the sidebar"),
                QKeySequence(Qt::CTRL | Qt::Key_B), Icon::Sidebar, [this] {
                    m_sidebar->setVisible(!m_sidebar->isVisible());
                    m_settings.setSidebarShown(m_sidebar->isVisible());
                }});
    for (const DockEntry &dock : std::as_const(m_setup.docks)) {
        m_workspace->addDock(dock);
        QAction *toggle = addCommand({u"dock-"_s + dock.name + u"-toggle"_s, window,
                                      tr("Show or hide: %1").arg(dock.title), dock.shortcut, dock.icon,
                                      [this, name = dock.name] { m_workspace->toggleDock(name); }});
        m_topBar->addDockButton(dock.name, dock.icon, toggle);
    }
    m_workspace->restoreDocks();
    addCommand({u"resetLayout"_s, window, tr("Reset layout"), {}, Icon::Again, [this] {
                    m_settings.resetLayout();
                }});
    addCommand({u"openShortcuts"_s, window, tr("Keyboard shortcuts"), QKeySequence(Qt::CTRL | Qt::Key_Slash),
                Icon::Keyboard, [this] { openShortcuts(); }});
    addCommand({u"nextRegion"_s, window, tr("Next part of the window"), QKeySequence(Qt::Key_F6),
                Icon::NextPart, [this] { cycleRegion(true); }});
    addCommand({u"previousRegion"_s, window, tr("Previous part of the window"),
                QKeySequence(Qt::SHIFT | Qt::Key_F6), Icon::NextPart, [this] { cycleRegion(false); }});
    addCommand({u"openMenu"_s, window, tr("Open this menu"), QKeySequence(Qt::Key_F10), Icon::Menu,
                [this] { m_topBar->openMenu(); }});
    addCommand(
        {u"quit"_s, window, tr("Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), Icon::Quit, [this] { close(); }});
}

const PageEntry *MainWindow::entryOf(const QString &address) const
{
    const QString name = Navigator::pageOf(address).section(u'/', 0, 0);
    for (const PageEntry &entry : m_setup.entries) {
        if (entry.name == name)
            return &entry;
    }
    return nullptr;
}

void MainWindow::openAddress(const QString &address)
{
    QString wanted = address;
    if (wanted.startsWith(u"flagbridge://"))
        wanted = wanted.mid(13);
    if (entryOf(wanted))
        m_navigator.go(wanted);
}

bool MainWindow::isLink(const QString &text) const { return entryOf(ConsoleLink::read(text).address); }

QString MainWindow::link() const
{
    const QString current = m_navigator.current();
    return current.endsWith(u'?') ? current.chopped(1) : current;
}

Page *MainWindow::page() const { return qobject_cast<Page *>(m_stack->currentWidget()); }

void MainWindow::showAddress(const QString &link)
{
    const QString address = Navigator::pageOf(link);
    const PageEntry *entry = entryOf(address);
    if (!entry)
        return;
    Page *page = m_pages.value(address);
    if (!page) {
        page = entry->make(address.section(u'/', 1), m_stack);
        if (!page) { // what it names is gone: show the entry's first page
            m_navigator.go(entry->name);
            return;
        }
        m_pages.insert(address, page);
        m_stack->addWidget(page);
        setEditable(m_editable);
        m_layout->take(entry->name + (address.contains(u'/') ? u"/item"_s : QString()), page);
        const QList<TableBar *> bars = page->findChildren<TableBar *>();
        for (TableBar *bar : bars) {
            bar->setSettings(m_settings);
            connect(bar, &TableBar::exportStarted, this, &MainWindow::exportStarted);
        }
        connect(page, &Page::navigate, this, &MainWindow::openAddress);
        connect(page, &Page::crumbChanged, this, &MainWindow::updateCrumbs);
        connect(
            page, &Page::outdated, this, [this, page, address] { makeAnew(page, address); },
            Qt::QueuedConnection); // its own signal is still running
        connect(page, &Page::viewChanged, this, [this, page] {
            if (page == this->page())
                m_navigator.replaceView(page->view().text());
        });
        if (address.contains(u'/')) {
            m_recent << address;
            if (m_recent.size() > kItemPagesKept) {
                Page *oldest = m_pages.take(m_recent.takeFirst());
                m_stack->removeWidget(oldest);
                oldest->deleteLater();
            }
        }
    }
    if (m_recent.removeOne(address)) // the page that was used last goes last
        m_recent << address;
    m_stack->setCurrentWidget(page);
    const QString view = Navigator::viewOf(link);
    if (link.contains(u'?') && view != page->view().text()) // else the page stays as it was left
        page->setView(ViewState::parse(view));
    m_navigator.replaceView(page->view().text());
    m_sidebar->setCurrent(entry->name);
    updateCrumbs();
    page->onShown();
    emit addressChanged(address);
}

void MainWindow::makeAnew(Page *page, const QString &address)
{
    if (m_pages.value(address) != page)
        return; // it has been put away meanwhile
    m_pages.remove(address);
    m_recent.removeOne(address);
    const bool isShown = page == this->page();
    m_stack->removeWidget(page);
    page->deleteLater();
    if (isShown)
        showAddress(m_navigator.current());
}

void MainWindow::updateCrumbs()
{
    const PageEntry *entry = entryOf(address());
    if (!entry || !page())
        return;
    QList<QPair<QString, QString>> crumbs {{entry->group, QString()}, {entry->title, entry->name}};
    if (!page()->crumb().isEmpty())
        crumbs.append({page()->crumb(), page()->address()});
    m_topBar->setCrumbs(crumbs);
    m_topBar->setHistory(m_navigator.canBack(), m_navigator.canForward());
    setWindowTitle(
        tr("%1 - Flagbridge").arg(visibleText(crumbs.last().first, 100))); // other programs show it
}

void MainWindow::openPalette() { m_palette->open(); }

void MainWindow::keepLayout()
{
    if (!m_keepsLayout)
        return;
    m_layout->keepNow();
    m_workspace->keepNow();
}

void MainWindow::openShortcuts()
{
    const auto open = findChildren<ShortcutsSheet *>();
    if (std::none_of(open.begin(), open.end(), [](const QWidget *sheet) { return sheet->isVisible(); }))
        (new ShortcutsSheet(m_commands, centralWidget()))->open();
}

void MainWindow::setDockNews(const QString &dock, bool news) { m_topBar->setDockNews(dock, news); }

void MainWindow::setCount(const QString &page, int count, const QString &what)
{
    m_sidebar->setCount(page, count, what);
}

void MainWindow::buildOperatorMenu()
{
    const auto fact = [this](const QString &text) {
        m_operatorMenu->addAction(QString(text).replace(u'&', u"&&"_s))->setEnabled(false);
    };
    fact(m_setup.operatorName);
    fact(tr("Role: %1").arg(m_setup.operatorRole));
    fact(tr("Nodes: %1").arg(m_setup.operatorScope));
    m_operatorMenu->addSeparator();
    for (const QString &name : m_setup.operatorCommands) {
        if (auto *action = findChild<QAction *>(name))
            m_operatorMenu->addAction(action);
    }
}

void MainWindow::updateKeyHints()
{
    const auto keys
        = [this](const QString &name) { return m_commands.keysOf(name).toString(QKeySequence::NativeText); };
    m_topBar->setHints(keys(u"openMenu"_s), keys(u"goBack"_s), keys(u"goForward"_s), keys(u"openPalette"_s));
}

// Key, title and context; of pages and commands the key alone, for their words follow the language.
void MainWindow::keepRecent()
{
    QStringList kept;
    for (const PaletteEntry &entry : m_palette->recent()) {
        const bool fixed = entry.run || !(entry.key.contains(u'/') || entry.key.contains(u'?'));
        kept << (fixed ? entry.key : QStringList {entry.key, entry.title, entry.context}.join(u'\t'));
    }
    m_settings.setRecent(kept);
}

QList<PaletteEntry> MainWindow::keptRecent() const
{
    QList<PaletteEntry> entries;
    const QStringList kept = m_settings.recent();
    for (const QString &line : kept) {
        PaletteEntry entry;
        entry.key = line.section(u'\t', 0, 0);
        entry.title = line.section(u'\t', 1, 1);
        entry.context = line.section(u'\t', 2);
        if (const PageEntry *page = entryOf(entry.key)) {
            entry.icon = page->icon;
            entry.kind = page->title;
        }
        entries << entry;
    }
    return entries;
}

QList<PaletteEntry> MainWindow::paletteEntries()
{
    QList<PaletteEntry> entries;
    for (const PageEntry &entry : m_setup.entries)
        entries.append(
            {entry.icon, entry.title, entry.group, tr("Page"), {}, entry.name, {}, PaletteGroup::Page});
    for (const ShellCommand &command : m_commands.commands())
        entries.append({command.icon, command.text, command.menu, tr("Command"),
                        m_commands.keysOf(command.name).toString(QKeySequence::NativeText), command.name,
                        [this, name = command.name] { m_commands.trigger(name); }, PaletteGroup::Command});
    return entries;
}

void MainWindow::cycleRegion(bool forward)
{
    // The parts beside each other on a page, the detail pane, say, are regions of their own.
    QList<QWidget *> regions {m_topBar, m_sidebar, m_stack};
    if (page()) {
        const QList<QSplitter *> splitters = page()->findChildren<QSplitter *>();
        for (const QSplitter *splitter : splitters) {
            for (int i = 1; splitter->isVisible() && i < splitter->count(); ++i)
                regions << splitter->widget(i);
        }
    }
    regions += m_workspace->shownDocks();
    const auto regionOf = [&regions](const QWidget *widget) { // the innermost
        qsizetype at = 0;
        for (qsizetype i = 0; i < regions.size(); ++i) {
            if (widget && regions[i]->isAncestorOf(widget))
                at = i;
        }
        return at;
    };
    const qsizetype at = regionOf(focusWidget());
    for (qsizetype turn = 1; turn <= regions.size(); ++turn) {
        QWidget *region = regions[(at + (forward ? turn : regions.size() - turn)) % regions.size()];
        const QList<QWidget *> inside = region->findChildren<QWidget *>();
        for (QWidget *widget : inside) {
            if ((widget->focusPolicy() & Qt::TabFocus) && widget->isVisible() && widget->isEnabled()
                && regions[regionOf(widget)] == region) {
                widget->setFocus(Qt::TabFocusReason);
                FocusEdge::showKeyboardFocus(widget);
                return;
            }
        }
    }
}

}
