#include "ui/nodes/runcommand/run_page.h"

#include "models/nodes/runcommand/run_report.h"
#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/nodes/runcommand/run_nodes_tab.h"
#include "ui/nodes/runcommand/run_parts.h"
#include "ui/nodes/runcommand/run_rate_tab.h"
#include "ui/text/text_viewer.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/state_look.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/tab_stack.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/timeline.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr int kMostEvents = 1000; // of nodes, the newest

    // A list clear of the page's edges.
    QWidget *inPage(QWidget *list)
    {
        const Metrics &m = themeOf(list).metrics();
        auto *box = new QWidget;
        auto *column = new QVBoxLayout(box);
        column->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), 0);
        column->addWidget(list);
        return box;
    }

    QString shortId(const QString &id)
    {
        return id.size() > 20 ? id.left(8) + QChar(0x2026) + id.right(6) : id;
    }
}

RunPage::RunPage(RunsViewModel &runs, const RunRow &run, QWidget *parent)
    : Page(u"run-command/"_s + run.id, parent),
      m_run(runs.source(), run),
      m_head(new PageHead),
      m_cancel(makeButton(u"runCancel"_s, tr("Cancel"), Icon::CancelRun)),
      m_document(new TextLabel(TextRole::Body, Token::Text2)),
      m_targets(new TextLabel(TextRole::Body, Token::Text2)),
      m_started(new TextLabel(TextRole::Body, Token::Text2)),
      m_doneText(new TextLabel(TextRole::SectionHeading)),
      m_rateText(new TextLabel(TextRole::Body, Token::Text2)),
      m_bar(new SegmentedBar),
      m_legend(new SegmentLegend),
      m_tabs(new TabStack(u"runTabs"_s, tr("Parts of this run"))),
      m_banner(new Banner),
      m_facts(new FactList),
      m_nodes(new RunNodesTab(m_run)),
      m_rate(new RunRateTab(m_run)),
      m_events(new Timeline(u"runEvents"_s)),
      m_history(new Timeline(u"runHistory"_s)),
      m_raw(new TextViewer(u"runRaw"_s, tr("Everything known about this run, as JSON"))),
      m_more(makeIconButton(u"runMore"_s, Icon::More, tr("More actions"))),
      m_failedOnly(new QAction(tr("Run again on failed only"), this))
{
    const Metrics &m = themeOf(this).metrics();
    auto *again = makeButton(u"runAgain"_s, tr("Run again"), Icon::Again);
    m_head->addAction(m_cancel);
    m_head->addAction(again);
    m_more->setProperty("fbOutlined", true);
    m_head->addAction(m_more);
    m_events->setAccessibleName(tr("Events of this run"));
    m_history->setAccessibleName(tr("What was done with this run"));
    m_banner->hide();
    auto *id = new TextLabel(shortId(run.id), TextRole::Code, Token::Text2);
    id->setToolTip(run.id);
    auto *copyId = makeIconButton(u"runCopyId"_s, Icon::Copy, tr("Copy the command ID"));
    copyId->setIconSize(QSize(Metrics::kSmallIcon, Metrics::kSmallIcon));
    copyId->setFixedSize(m.step(6), m.step(5.5));
    auto *idBox = new QWidget;
    auto *idLine = new QHBoxLayout(idBox);
    idLine->setContentsMargins(0, 0, 0, 0);
    idLine->setSpacing(m.step(1));
    idLine->addWidget(id);
    idLine->addWidget(copyId);
    for (QWidget *fact : std::initializer_list<QWidget *> {m_document, m_targets, m_started, idBox})
        m_head->addFact(fact);

    m_tabs->addTab(u"summary"_s, tr("Summary"), makeSummary());
    m_tabs->addTab(u"nodes"_s, tr("Nodes"), m_nodes);
    m_tabs->addTab(u"rate"_s, tr("Rate and timing"), m_rate);
    m_tabs->addTab(u"events"_s, tr("Events"), inPage(m_events));
    m_tabs->addTab(u"history"_s, tr("History"), inPage(m_history));
    m_tabs->addTab(u"raw"_s, tr("Raw"), m_raw);
    m_tabs->setUsual(u"nodes"_s); // what one watches

    auto *head = new QVBoxLayout;
    head->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(2));
    head->setSpacing(m.step(3));
    head->addWidget(m_head);
    head->addWidget(m_banner);
    head->addWidget(makeProgressCard());
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(m_tabs, 1);

    auto *menu = new QMenu(this);
    m_failedOnly->setObjectName(u"runAgainFailed"_s);
    auto *copyRun = new QAction(tr("Copy to new"), this);
    copyRun->setObjectName(u"runCopyToNew"_s);
    menu->addActions({m_failedOnly, copyRun});
    connect(m_more, &QToolButton::clicked, this,
            [this, menu] { menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height() + 2))); });
    connect(m_failedOnly, &QAction::triggered, this, [this] { emit againRequested(m_run.againOnFailed()); });
    connect(copyRun, &QAction::triggered, this, [this] { emit againRequested(m_run.copy()); });
    connect(m_tabs, &TabStack::currentChanged, this, &RunPage::lookAtTab);
    connect(m_tabs, &TabStack::currentChanged, this, &RunPage::viewChanged);
    connect(m_nodes, &RunNodesTab::viewChanged, this, &RunPage::viewChanged);
    connect(m_nodes, &RunNodesTab::navigate, this, &RunPage::navigate);
    connect(m_nodes, &RunNodesTab::runOnRequested, this, &RunPage::runOnRequested);
    connect(m_cancel, &QPushButton::clicked, this, &RunPage::askCancel);
    connect(again, &QPushButton::clicked, this, [this] { emit againRequested(m_run.again()); });
    connect(copyId, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_run.run().id); });
    const auto filter = [this](StateKind kind) { // to the nodes of that part
        m_tabs->setCurrent(u"nodes"_s);
        m_nodes->showOnly(kind);
    };
    connect(m_legend, &SegmentLegend::partClicked, this, filter);
    connect(m_bar, &SegmentedBar::partClicked, this, filter);
    connect(&m_run, &RunViewModel::runChanged, this, [this] {
        updateHead();
        m_run.readPast(); // its state has changed: an event tells of it
    });
    connect(&m_run, &RunViewModel::countsChanged, this, &RunPage::updateProgress);
    connect(&m_run, &RunViewModel::pastChanged, this, &RunPage::lookAtTab);
    connect(&m_run, &RunViewModel::groupsChanged, this, &RunPage::lookAtTab);
    connect(&m_run, &RunViewModel::problemArose, this, [this](const ShownError &problem) {
        m_banner->showProblem(problem, tr("This run could not be read or changed."));
    });
    connect(&m_run, &RunViewModel::ticked, this, [this] {
        updateHead();
        updateProgress();
    });
    m_run.readPast();
    updateHead();
    updateProgress();
    lookAtTab();
}

ViewState RunPage::view() const
{
    ViewState view;
    m_tabs->writeTo(view);
    m_nodes->writeTo(view);
    return view;
}

void RunPage::setView(const ViewState &view)
{
    m_nodes->readFrom(view);
    m_tabs->readFrom(view);
}

void RunPage::focusFilter()
{
    if (m_tabs->current() == u"raw")
        return m_raw->focusFind();
    m_tabs->setCurrent(u"nodes"_s);
    m_nodes->focusFilter();
}

// What only the tab in front shows is put together when it is looked at.
void RunPage::lookAtTab()
{
    const auto &nodes = m_run.invocations().all();
    if (m_tabs->current() == u"rate")
        return m_rate->update();
    if (m_tabs->current() == u"raw") {
        const QString json = RunReport::json(m_run.run(), nodes);
        if (json != m_raw->text())
            m_raw->setText(json);
    }
    if (m_tabs->current() == u"events") {
        QList<TimelineEntry> entries = timelineOf(RunReport::nodeEvents(nodes, kMostEvents));
        for (const RunHappening &event : m_run.past().events) {
            const StateLook look = lookOf(RunWords::kind(event.status));
            entries.append({event.at,
                            look.icon,
                            look.tone,
                            tr("The run: %1").arg(RunWords::word(event.status)),
                            {},
                            {}});
        }
        std::stable_sort(entries.begin(), entries.end(),
                         [](const TimelineEntry &a, const TimelineEntry &b) { return a.at > b.at; });
        m_events->setEntries(entries);
    }
    if (m_tabs->current() == u"history") {
        QList<TimelineEntry> entries;
        for (const RunHappening &change : m_run.past().changes) {
            const bool cancelled = change.action.endsWith(u"CancelCommand");
            const QString words = cancelled ? tr("%1 asked to cancel it") : tr("%1 sent it");
            entries.append({change.at,
                            cancelled ? Icon::CancelRun : Icon::RunCommand,
                            Tone::Neutral,
                            words.arg(visibleText(change.who, 80)),
                            change.result == u"Success" ? QString() : visibleText(change.result),
                            {}});
        }
        m_history->setEntries(entries);
    }
}

void RunPage::askCancel()
{
    const RunCounts counts = m_run.counts();
    QStringList words;
    if (counts.waiting > 0)
        words << tr("%n node(s) that have not started are skipped.", nullptr, counts.waiting);
    if (counts.running > 0)
        words << tr("%n running node(s) are asked to stop; what they have done stays.", nullptr,
                    counts.running);
    auto *sheet = new ConfirmSheet(
        {.name = u"cancelRun"_s,
         .question = tr("Cancel this run?"),
         .consequence = words.isEmpty() ? tr("Nothing is left to stop.") : words.join(u' '),
         .targets = {RunTableModel::titleOf(m_run.run())},
         .verb = tr("Cancel the run"),
         .icon = Icon::CancelRun},
        window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this] { m_run.cancel(); });
    sheet->ask();
}

QWidget *RunPage::makeProgressCard()
{
    const Metrics &m = themeOf(this).metrics();
    Surface *card = Surface::card();
    m_doneText->setObjectName(u"runDone"_s);
    auto *line = new QHBoxLayout;
    line->addWidget(m_doneText);
    line->addStretch(1);
    line->addWidget(m_rateText);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(m.step(4), m.cardPadding(), m.step(4), m.cardPadding());
    column->setSpacing(m.step(2.5));
    column->addLayout(line);
    column->addWidget(m_bar);
    column->addWidget(m_legend);
    return card;
}

QWidget *RunPage::makeSummary()
{
    const Metrics &m = themeOf(this).metrics();
    const RunRow &run = m_run.run();
    auto *box = new Surface(Token::Base);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(m.pageMargin(), m.step(4), m.pageMargin(), m.step(4));
    column->setSpacing(m.step(2));
    for (auto parameter = run.parameters.constBegin(); parameter != run.parameters.constEnd(); ++parameter) {
        column->addWidget(new TextLabel(parameter.key(), TextRole::Body, Token::Text2));
        auto *value = new TextLabel(parameter.value().join(u'\n'), TextRole::Code);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        value->setWordWrap(true);
        auto *frame = new Surface(Token::Sunken);
        frame->setOutline(Token::Border, Metrics::kChipRadius);
        auto *frameLine = new QHBoxLayout(frame);
        frameLine->setContentsMargins(m.step(3), m.step(2), m.step(3), m.step(2));
        frameLine->addWidget(value);
        column->addWidget(frame);
        column->addSpacing(m.step(1));
    }
    column->insertWidget(0, m_facts);
    column->insertSpacing(1, m.step(3));
    column->addStretch(1);
    return box;
}

void RunPage::updateHead()
{
    const RunRow &run = m_run.run();
    setCrumb(RunTableModel::titleOf(run));
    m_head->setTitle(RunTableModel::titleOf(run));
    m_head->setChip(RunWords::kind(run.details), RunWords::word(run.details));
    m_document->setText(run.documentVersion.isEmpty()
                            ? run.documentName
                            : tr("%1, version %2").arg(run.documentName, run.documentVersion));
    m_targets->setText(RunWords::targetsText(run.targets));
    m_started->setText(
        tr("Started %1 by %2").arg(RelativeTime::ago(run.requested, m_run.now()), run.requestedBy));
    m_started->setToolTip(RelativeTime::exact(run.requested));
    m_cancel->setVisible(!m_run.isOver());
    m_cancel->setEnabled(run.details != u"Cancelling");
    m_facts->setFacts({{tr("Status"), RunWords::word(run.details)},
                       {tr("Targets"), RunWords::targetsText(run.targets)},
                       {tr("Requested"), RelativeTime::exact(run.requested)},
                       {tr("Requested by"), run.requestedBy},
                       {tr("Nodes at once"), run.maxConcurrency},
                       {tr("Errors allowed"), run.maxErrors},
                       {tr("Start within"), RelativeTime::duration(run.timeout)},
                       {tr("Command ID"), run.id}});
}

void RunPage::updateProgress()
{
    const RunCounts counts = m_run.counts();
    const QLocale locale;
    m_doneText->setText(
        tr("%1 of %n node(s) done", nullptr, counts.total()).arg(locale.toString(counts.done())));
    QStringList facts;
    const RunRow &run = m_run.run();
    if (m_run.isOver()) {
        facts << tr("took %1").arg(RelativeTime::duration(run.finished - run.requested));
    } else if (const double rate = m_run.nodesPerSecond(); rate > 0 && counts.running + counts.waiting > 0) {
        facts << tr("%1 nodes per second").arg(locale.toString(rate, 'f', 1));
        facts << tr("about %1 left")
                     .arg(RelativeTime::duration(
                         std::chrono::seconds(qRound((counts.running + counts.waiting) / rate))));
    }
    facts << (run.maxErrors == u"0"
                  ? tr("%1 at once, stops at the first error").arg(run.maxConcurrency)
                  : tr("%1 at once, stops after %2 errors").arg(run.maxConcurrency, run.maxErrors));
    m_rateText->setText(facts.join(u"    "_s));
    m_bar->setParts(partsOf(counts));
    m_legend->setParts(partsOf(counts));
    m_tabs->setTitle(u"nodes"_s, tr("Nodes (%1)").arg(locale.toString(counts.total())));
    m_failedOnly->setEnabled(counts.failed + counts.timedOut > 0);
}

}
