#include "ui/nodes/tools/journal_view.h"

#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/nodes/tools/journal_detail.h"
#include "ui/nodes/tools/journal_filter_row.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/greyed_effect.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/waiting_note.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <set>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    enum JournalPart { Waiting, Empty, List };

    QList<ColumnSpec> columnSpecs(bool ofMany)
    {
        using Column = JournalColumns::Column;
        return {{Column::Time, CellKind::Number, 13},
                {Column::Priority, CellKind::State, 6.5},
                {Column::Node, CellKind::Marked, 8.5, false, ofMany},
                {Column::Source, CellKind::Text, 8, false, true, 2},
                {Column::Pid, CellKind::Number, 4, false, !ofMany, 1},
                {Column::Message, CellKind::Line, 12, true},
                {Column::Unit, CellKind::Text, 7, false, false}};
    }
}

JournalView::JournalView(JournalViewModel &model, bool ofMany, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_isOfMany(ofMany),
      m_banner(new Banner),
      m_filter(new JournalFilterRow),
      m_follow(makeButton(u"journalFollow"_s, {}, Icon::Pause)),
      m_export(makeButton(u"journalExport"_s, tr("Export"), Icon::Export)),
      m_table(new DataTable(u"journalTable"_s)),
      m_detail(new JournalDetail),
      m_status(new TextLabel(TextRole::Body, Token::Text2)),
      m_older(makeButton(u"journalOlder"_s, tr("Load older"))),
      m_cancel(makeButton(u"journalCancel"_s, tr("Cancel"), Icon::Stop)),
      m_empty(new TextLabel(TextRole::Body, Token::Text2)),
      m_unfilter(makeButton(u"journalUnfilter"_s, tr("Clear the filter"))),
      m_again(makeButton(u"journalAgain"_s, tr("Try again"), Icon::Again)),
      m_greyed(new GreyedEffect(this))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"journalView"_s);
    m_banner->setObjectName(u"journalBanner"_s);
    m_table->setAccessibleName(ofMany ? tr("Journal of these nodes") : tr("Journal of this node"));
    m_table->setUp(&m_model.table(), columnSpecs(ofMany), false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->horizontalHeader()->setSortIndicator(JournalColumns::Time, Qt::DescendingOrder);
    m_table->setGraphicsEffect(m_greyed);
    m_status->setObjectName(u"journalStatus"_s);
    m_status->setElided(Qt::ElideRight);
    m_empty->setObjectName(u"journalEmpty"_s);
    m_empty->setWordWrap(true);
    m_filter->addTool(m_follow);
    m_filter->addTool(m_export);
    auto *menu = new QMenu(m_export);
    m_export->setMenu(menu);
    const auto addForm = [&](const QString &name, const QString &text, JournalExport::Form form) {
        QAction *action = menu->addAction(text);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, [this, form] { chooseExport(form); });
    };
    addForm(u"journalExportJson"_s, tr("JSON, an entry a line..."), JournalExport::Form::JsonLines);
    addForm(u"journalExportText"_s, tr("Text, an entry a line..."), JournalExport::Form::Text);

    auto *upper = new QVBoxLayout;
    upper->setContentsMargins(m.pageMargin(), m.step(2), m.pageMargin(), m.step(3));
    upper->setSpacing(m.step(2));
    upper->addWidget(m_banner);
    upper->addWidget(m_filter);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(upper);
    m_stack = new QStackedLayout;
    all->addLayout(m_stack, 1); // before its parts, which it shows: without a parent they would be windows
    m_stack->addWidget(new WaitingNote(tr("Reading the journal...")));
    auto *empty = new QWidget;
    auto *emptyColumn = new QVBoxLayout(empty);
    emptyColumn->setContentsMargins(m.pageMargin(), m.step(4), m.pageMargin(), 0);
    emptyColumn->setSpacing(m.step(3));
    emptyColumn->addWidget(m_empty);
    auto *emptyTools = new QHBoxLayout;
    emptyTools->setSpacing(m.toolGap());
    emptyTools->addWidget(m_unfilter);
    emptyTools->addWidget(m_again);
    emptyTools->addStretch(1);
    emptyColumn->addLayout(emptyTools);
    emptyColumn->addStretch(1);
    m_stack->addWidget(empty);
    m_stack->addWidget(makeList());
    all->addWidget(new Divider(Qt::Horizontal));
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(m.pageMargin(), m.step(1.5), m.pageMargin(), m.step(1.5));
    foot->setSpacing(m.toolGap());
    foot->addWidget(m_status, 1);
    foot->addWidget(m_older);
    foot->addWidget(m_cancel);
    all->addLayout(foot);

    connect(m_filter, &JournalFilterRow::filterChanged, this, [this](const JournalFilter &filter) {
        m_banner->hide();
        m_model.setFilter(filter);
        m_filter->setNow(m_model.now());
    });
    connect(m_unfilter, &QPushButton::clicked, m_filter, &JournalFilterRow::clear);
    connect(m_again, &QPushButton::clicked, &m_model, &JournalViewModel::readAgain);
    connect(m_follow, &QPushButton::clicked, this, [this] { m_model.setFollowing(!m_model.isFollowing()); });
    connect(m_older, &QPushButton::clicked, &m_model, &JournalViewModel::readOlder);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_job)
            m_job->cancel();
    });
    connect(m_table, &DataTable::opened, this, &JournalView::openRow);
    connect(m_table, &DataTable::currentIdChanged, this, [this](const QString &id) {
        if (m_detail->isVisible() && !id.isEmpty())
            openRow(id);
    });
    connect(m_table, &DataTable::menuWanted, this, &JournalView::fillMenu);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &JournalView::readOlderAtEnd);
    connect(m_detail, &JournalDetail::closeClicked, this, [this] {
        m_detail->hide();
        m_table->setFocus();
    });
    connect(m_banner, &Banner::actionClicked, &m_model, &JournalViewModel::readAgain);
    connect(&m_model, &JournalViewModel::changed, this, &JournalView::update);
    connect(&m_model, &JournalViewModel::placesChanged, this, &JournalView::updateChoices);
    connect(&m_model, &JournalViewModel::entryArrived, this,
            [this](const QString &id, const JournalEntry &entry) {
                if (id == m_copyOf)
                    QGuiApplication::clipboard()->setText(QString::fromUtf8(entry.json()));
                if (id == m_detail->rowId())
                    m_detail->showEntry(entry);
                m_copyOf.clear();
            });
    connect(&m_model, &JournalViewModel::entryRefused, this,
            [this](const QString &id, const ShownError &problem) {
                if (id == m_copyOf && !m_detail->isVisible())
                    m_banner->showMessage(Tone::Failed, Icon::FieldError, tr("The entry could not be read."),
                                          problem.words());
                if (id == m_detail->rowId())
                    m_detail->showProblem(problem);
                m_copyOf.clear();
            });
    m_detail->hide();
    m_filter->setNow(m_model.now());
    updateChoices();
    update();
}

QWidget *JournalView::makeList()
{
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_table);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    return splitter;
}

void JournalView::focusFilter() { m_filter->focusText(); }

void JournalView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_model.setLooking(true);
}

void JournalView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_model.setLooking(false);
}

void JournalView::updateChoices()
{
    std::set<QString> units;
    std::set<QString> identifiers;
    for (int i = 0; i < m_model.nodeCount(); ++i) {
        const JournalPlace &place = m_model.node(i).place;
        units.insert(place.units.begin(), place.units.end());
        identifiers.insert(place.identifiers.begin(), place.identifiers.end());
    }
    // A boot is one machine's: with many nodes there is none to choose.
    m_filter->setChoices(QStringList(units.begin(), units.end()),
                         QStringList(identifiers.begin(), identifiers.end()),
                         m_model.nodeCount() == 1 ? m_model.node(0).place.boots : QList<JournalBoot>());
}

QString JournalView::statusText() const
{
    using State = JournalViewModel::State;
    const int rows = m_model.table().totalRows();
    QStringList facts;
    if (!m_isOfMany && m_model.state() == State::Offline)
        facts << tr("Not connected. As of %1.").arg(RelativeTime::clock(m_model.asOf()));
    facts << tr("%Ln entries", nullptr, rows);
    if (m_model.isCut())
        facts << tr("older ones were discarded: %1 are kept")
                     .arg(QLocale().toString(JournalViewModel::kMostRows));
    if (m_model.dropped() > 0)
        facts << tr("%Ln line(s) dropped: they arrive too fast", nullptr,
                    static_cast<int>(std::min<qint64>(m_model.dropped(), 2'000'000'000)));
    for (int i = 0; i < m_model.nodeCount(); ++i) {
        if (m_model.node(i).isLate) {
            facts << (m_model.node(i).hasOlder
                          ? tr("the search is slow and continues with older entries")
                          : tr("the search took too long and was stopped; choose a shorter time"));
            break;
        }
    }
    if (toMicros(m_model.filter().until) == 0 && m_model.state() == State::Live)
        facts << (m_model.isFollowing() ? tr("live") : tr("paused"));
    return facts.join(u", "_s);
}

void JournalView::update()
{
    using State = JournalViewModel::State;
    const State state = m_model.state();
    const int rows = m_model.table().totalRows();
    const bool isWaiting = state == State::Waiting || (rows == 0 && m_model.isReading());
    m_stack->setCurrentIndex(rows > 0 ? List : isWaiting ? Waiting : Empty);
    m_greyed->setEnabled(rows > 0 && state == State::Offline);
    const ShownError problem = m_model.nodeCount() > 0 ? m_model.node(0).problem : ShownError();
    const bool isFiltered = m_model.filter() != JournalFilter();
    if (state == State::Offline)
        m_empty->setText(m_isOfMany
                             ? tr("None of the nodes is connected. Their entries appear here when they "
                                  "are back.")
                             : tr("The node is not connected, so its journal cannot be read. It appears "
                                  "here when the node is back."));
    else if (state == State::Failed)
        m_empty->setText(tr("The journal could not be read: %1").arg(problem.words()));
    else if (state == State::NoJournal)
        m_empty->setText(tr("None of these nodes has a journal. Their pages show the log files instead."));
    else if (isFiltered)
        m_empty->setText(tr("No entry matches the filter."));
    else
        m_empty->setText(tr("The journal is empty."));
    m_unfilter->setVisible(isFiltered);
    m_again->setVisible(state == State::Failed);
    if (rows > 0 && state == State::Failed)
        m_banner->showMessage(Tone::Failed, Icon::FieldError, tr("The journal could not be read."),
                              problem.words());
    const bool canFollow = toMicros(m_model.filter().until) == 0;
    m_follow->setText(m_model.isFollowing() ? tr("Pause") : tr("Follow"));
    m_follow->setIcon(Theme::icon(m_model.isFollowing() ? Icon::Pause : Icon::Start));
    m_follow->setEnabled(canFollow);
    m_follow->setToolTip(canFollow ? QString() : tr("The chosen period is over; no new entries are added."));
    m_export->setEnabled(state == State::Live && !m_job);
    m_older->setVisible(m_model.hasOlder());
    m_older->setEnabled(!m_model.isReading());
    m_older->setText(m_model.isReading() ? tr("Reading...") : tr("Load older"));
    m_cancel->setVisible(m_job);
    m_status->setVisible(rows > 0 || state == State::Live);
    if (m_job)
        showExport();
    else
        m_status->setText(statusText());
    m_filter->setNow(m_model.now());
}

void JournalView::readOlderAtEnd()
{
    const QScrollBar *bar = m_table->verticalScrollBar();
    const bool isByTime = m_table->horizontalHeader()->sortIndicatorSection() == JournalColumns::Time
        && m_table->horizontalHeader()->sortIndicatorOrder() == Qt::DescendingOrder;
    if (isByTime && bar->maximum() > 0 && bar->value() == bar->maximum() && m_model.hasOlder()
        && !m_model.isReading())
        m_model.readOlder();
}

void JournalView::openRow(const QString &id)
{
    const JournalRow *row = m_model.row(id);
    if (!row)
        return;
    m_detail->show();
    m_detail->showReading(*row);
    m_model.readEntry(id);
}

void JournalView::fillMenu(QMenu *menu)
{
    const QString id = m_table->currentId();
    const JournalRow *row = m_model.row(id);
    const auto add = [&](const QString &name, Icon icon, const QString &text, bool enabled, auto run) {
        QAction *action = menu->addAction(Theme::icon(icon), text);
        action->setObjectName(name);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, run);
    };
    add(u"journalOpen"_s, Icon::Look, tr("Show all fields"), row, [this, id] { openRow(id); });
    add(u"journalRowCopy"_s, Icon::Copy, tr("Copy as JSON"), row, [this, id] {
        m_copyOf = id;
        m_model.readEntry(id);
    });
    menu->addSeparator();
}

// ---- Export --------------------------------------------------------------------------------------------------------

void JournalView::chooseExport(JournalExport::Form form)
{
    auto *dialog = new QFileDialog(this, tr("Export the journal"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(form == JournalExport::Form::JsonLines ? u"journal.jsonl"_s : u"journal.txt"_s);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, form](const QString &file) { exportTo(file, form); });
    dialog->open();
}

void JournalView::exportTo(const QString &file, JournalExport::Form form)
{
    if (m_job)
        return;
    QList<JournalExport::From> nodes;
    for (int i = 0; i < m_model.nodeCount(); ++i) {
        const JournalViewModel::Node &node = m_model.node(i);
        if (node.state == JournalViewModel::State::Live)
            nodes.append({node.id, node.name, node.clock});
    }
    m_job = new JournalExport(m_model.source(), nodes, m_model.filter(), file, form, this);
    connect(m_job, &JournalExport::progressed, this, &JournalView::showExport);
    connect(m_job, &JournalExport::finished, this, &JournalView::endExport);
    m_banner->hide();
    m_job->start();
    update();
}

void JournalView::showExport()
{
    m_status->setText(tr("Exporting: %Ln entries written", nullptr, m_job->written()));
}

void JournalView::endExport(bool whole)
{
    JournalExport *job = std::exchange(m_job, nullptr);
    job->deleteLater();
    if (!job->problem().isEmpty())
        m_banner->showMessage(Tone::Failed, Icon::FieldError, tr("The journal was not exported."),
                              visibleText(job->problem()));
    else if (whole && job->isCut())
        m_banner->showMessage(
            Tone::Waiting, Icon::Notice,
            tr("The newest %Ln entries were exported; there are more.", nullptr, job->written()),
            tr("An export can hold at most %1. Narrow the filter to get the others. File: %2")
                .arg(QLocale().toString(JournalExport::kMostEntries), visibleText(job->file())));
    else if (whole)
        m_banner->showMessage(Tone::Success, Icon::Success,
                              tr("%Ln entries were exported.", nullptr, job->written()),
                              visibleText(job->file()));
    update();
}

}
