#include "ui/records/record_page.h"

#include "ui/records/record_pane.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/filter_line.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/no_match.h"
#include "ui/widgets/older_button.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/table_bar.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/waiting_note.h"

#include <QKeyEvent>
#include <QMenu>
#include <QMetaMethod>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    enum Part { Waiting, Empty, List };
}

RecordPage::RecordPage(ListViewModel &list, RecordPageSetup setup, QWidget *parent)
    : Page(setup.address, parent),
      m_list(list),
      m_setup(std::move(setup)),
      m_head(new PageHead),
      m_banner(new Banner),
      m_table(new DataTable(m_setup.address + u"Table"_s)),
      m_bar(new TableBar(m_setup.address, m_list.table(), *m_table)),
      m_filter(&m_bar->filter()),
      m_pane(new RecordPane),
      m_splitter(new QSplitter(Qt::Horizontal)),
      m_pause(makeButton(m_setup.address + u"Pause"_s, tr("Pause"), Icon::Pause)),
      m_fresh(makeButton(m_setup.address + u"Fresh"_s, {}, Icon::NewestRows, ButtonKind::Plain)),
      m_stack(new QStackedLayout),
      m_upper(new QVBoxLayout)
{
    const Metrics &m = themeOf(this).metrics();
    m_head->setTitle(m_setup.title);
    m_banner->setObjectName(m_setup.address + u"Banner"_s);
    m_table->setAccessibleName(m_setup.tableName);
    m_bar->setOlder(&m_list.older());
    m_table->setUp(&m_list.table(), m_setup.columns, false);
    m_table->horizontalHeader()->setSortIndicator(m_setup.sortColumn, Qt::AscendingOrder);
    m_filter->setPlaceholder(m_setup.placeholder);

    m_upper->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    m_upper->setSpacing(m.step(3));
    m_upper->addWidget(m_head);
    m_upper->addWidget(m_banner);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(m_upper);
    all->addLayout(m_stack, 1); // before its parts, which it shows: without a parent they would be windows
    m_stack->addWidget(new WaitingNote(tr("Reading the list...")));
    m_stack->addWidget(makeEmpty());
    m_stack->addWidget(makeList());

    connect(m_filter, &FilterLine::queryChanged, &m_list.table(), &LiveTableModel::setQuery);
    connect(m_filter, &FilterLine::queryChanged, this, &RecordPage::viewChanged);
    connect(m_table, &DataTable::currentIdChanged, this, [this](const QString &id) {
        showDetail(id);
        emit viewChanged();
    });
    connect(m_table, &DataTable::menuWanted, this, &RecordPage::addActionsOfRow);
    connect(m_table, &DataTable::menuWanted, m_head, &PageHead::addActionsTo);
    connect(m_table, &DataTable::deleteRequested, this, &RecordPage::deleteRow);
    connect(m_table, &DataTable::opened, this, [this](const QString &id) {
        if (isSignalConnected(QMetaMethod::fromSignal(&RecordPage::opened)))
            return emit opened(id);
        togglePane(true);
    });
    connect(m_pane, &RecordPane::closeClicked, this, [this] { togglePane(false); });
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value > 0 && value == m_table->verticalScrollBar()->maximum())
            m_list.older().read();
        updateHeld();
    });
    connect(&m_list.table(), &LiveTableModel::shownChanged, this, &RecordPage::update);
    connect(&m_list, &ListViewModel::stateChanged, this, &RecordPage::update);
    connect(&m_list, &ListViewModel::valuesChanged, this, &RecordPage::refreshDetail);
    connect(&m_list, &ListViewModel::problemArose, this, [this](const ShownError &problem) {
        m_banner->showProblem(problem, m_setup.problemText);
        m_banner->setAction(problem.canRetry() ? tr("Try again") : QString());
    });
    connect(m_banner, &Banner::actionClicked, this, [this] {
        m_banner->hide();
        m_list.start();
    });
    if (!m_list.table().query().isEmpty())
        m_filter->setQuery(m_list.table().query());
    m_pause->setToolTip(tr("Hold new entries (Space)"));
    connect(m_pause, &QPushButton::clicked, this, [this] { setPaused(!m_paused); });
    connect(m_fresh, &QPushButton::clicked, this, [this] {
        setPaused(false);
        m_table->scrollToTop();
    });
    if (m_setup.streams) {
        m_head->addAction(m_pause);
        m_table->installEventFilter(this);
    }
    m_pause->setVisible(m_setup.streams);
    m_pane->hide();
    updateHeld();
    update();
}

QList<RecordAction> RecordPage::actionsOf(const QString &id) const
{
    const auto detail = id.isEmpty() || !m_setup.detail ? std::nullopt : m_setup.detail(id);
    return detail ? detail->actions : QList<RecordAction>();
}

void RecordPage::addActionsOfRow(QMenu *menu)
{
    const QList<RecordAction> actions = actionsOf(m_table->currentId());
    for (const RecordAction &each : actions) {
        QAction *action = menu->addAction(Theme::icon(each.icon), each.text);
        action->setObjectName(u"row-"_s + each.name);
        const QString whyNot = EditGate::whyNot(*this, QString::fromLatin1(each.action));
        action->setEnabled(each.forbidden.isEmpty() && whyNot.isEmpty()
                           && !(each.changes && EditGate::isShut(*this)));
        action->setToolTip(whyNot.isEmpty() ? each.forbidden : whyNot);
        connect(action, &QAction::triggered, this, each.run);
    }
    menu->addSeparator();
}

void RecordPage::deleteRow(const QStringList &ids)
{
    const QList<RecordAction> actions = actionsOf(ids.size() == 1 ? ids.first() : QString());
    for (const RecordAction &each : actions) {
        if (each.icon == Icon::Delete && each.forbidden.isEmpty()
            && EditGate::whyNot(*this, QString::fromLatin1(each.action)).isEmpty())
            return each.run();
    }
}

void RecordPage::setPaused(bool paused)
{
    m_paused = paused;
    m_pause->setText(paused ? tr("Go on") : tr("Pause"));
    m_pause->setIcon(Theme::icon(paused ? Icon::Start : Icon::Pause));
    updateHeld();
}

void RecordPage::updateHeld()
{
    if (m_setup.streams)
        m_list.setHeld(m_paused || m_table->verticalScrollBar()->value() > 0);
}

QWidget *RecordPage::makeList()
{
    const Metrics &m = themeOf(this).metrics();
    auto *pane = makeIconButton(m_setup.address + u"PaneToggle"_s, Icon::DetailPane,
                                tr("Show or hide details (Ctrl+D)"));
    pane->setProperty("fbOutlined", true);
    connect(pane, &QToolButton::clicked, this, [this] { togglePane(!m_pane->isVisible()); });
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(m.pageMargin(), 0, m.pageMargin(), m.step(3));
    tools->setSpacing(m.toolGap());
    tools->addWidget(m_bar, 1);
    m_bar->addTool(pane);

    auto *left = new QWidget;
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(0);
    leftColumn->addWidget(m_fresh, 0, Qt::AlignLeft);
    new NoMatch(m_setup.address, *m_filter, m_list.table(), *m_table);
    leftColumn->addWidget(m_table, 1);
    leftColumn->addWidget(new OlderButton(m_setup.address + u"Older"_s, m_list.older(), m_list.table(),
                                          *m_filter,
                                          {.load = tr("Load older entries"),
                                           .reading = tr("Reading older entries..."),
                                           .search = tr("Search older entries"),
                                           .searching = tr("Searching older entries, %1 read. Stop"),
                                           .bounded = tr("The newest %1 entries are searched")}),
                          0, Qt::AlignLeft);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->setSizes({m.lines(48), m.detailWidth()});

    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(m_splitter, 1);
    return list;
}

QWidget *RecordPage::makeEmpty()
{
    const Metrics &m = themeOf(this).metrics();
    auto *empty = new QWidget;
    m_emptyColumn = new QVBoxLayout(empty);
    m_emptyColumn->setContentsMargins(m.pageMargin(), m.step(4), m.pageMargin(), 0);
    m_emptyColumn->setSpacing(m.step(3));
    auto *words = new TextLabel(m_setup.emptyText, TextRole::Body, Token::Text2);
    words->setObjectName(m_setup.address + u"Empty"_s);
    words->setWordWrap(true);
    words->setMaximumWidth(m.lines(34));
    m_emptyColumn->addWidget(words);
    m_emptyColumn->addStretch(1);
    return empty;
}

void RecordPage::addAction(QWidget *button) { m_head->addAction(button); }

void RecordPage::addUnderHead(QWidget *part) { m_upper->addWidget(part); }

void RecordPage::addEmptyAction(QWidget *button)
{
    m_emptyColumn->insertWidget(m_emptyColumn->count() - 1, button, 0, Qt::AlignLeft);
}

void RecordPage::update()
{
    const int total = m_list.table().totalRows();
    const int shown = m_list.table().rowCount();
    m_stack->setCurrentIndex(total > 0 ? List : m_list.isLoaded() ? Empty : Waiting);
    m_head->setSubtitle(total > 0 && m_setup.subtitle ? m_setup.subtitle(total) : QString());
    m_filter->setCounts(shown, total);
    m_fresh->setVisible(m_list.waiting() > 0);
    m_fresh->setText(tr("%n new - Show", nullptr, m_list.waiting()));
    refreshDetail();
}

void RecordPage::refreshDetail()
{
    if (m_pane->isVisible())
        showDetail(m_table->currentId());
}

void RecordPage::showDetail(const QString &id)
{
    const auto detail = id.isEmpty() || !m_setup.detail ? std::nullopt : m_setup.detail(id);
    if (detail && !m_paneClosed)
        m_pane->show(*detail);
    else
        m_pane->hide();
}

void RecordPage::togglePane(bool shown)
{
    m_paneClosed = !shown; // closed by hand: stays closed until asked for
    showDetail(m_table->currentId());
}

void RecordPage::focusFilter() { m_filter->setFocus(Qt::ShortcutFocusReason); }

ViewState RecordPage::view() const
{
    ViewState view;
    view.setQuery(m_filter->query());
    view.set(u"row"_s, m_table->currentId());
    return view;
}

void RecordPage::setView(const ViewState &view)
{
    m_filter->setQuery(view.query());
    m_table->select(view.value(u"row"_s));
}

bool RecordPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier) {
            setPaused(!m_paused);
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

void RecordPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_D && event->modifiers() == Qt::ControlModifier)
        return togglePane(!m_pane->isVisible());
    Page::keyPressEvent(event);
}

}
