#include "ui/nodes/fleet/node_pane.h"

#include "models/table/percent_text.h"
#include "models/table/relative_time.h"
#include "ui/nodes/fleet/node_tabs.h"
#include "ui/text/text_viewer.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/scroll_box.h"
#include "ui/widgets/sparkline.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/tag_row.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/timeline.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr double kGapSeconds = 150; // samples come once a minute
    constexpr double kSpanSeconds = 3 * 3600;

    QList<QPointF> plotted(const QList<ChartPoint> &points)
    {
        QList<QPointF> plot;
        for (const ChartPoint &point : points)
            plot << QPointF(static_cast<double>(toMicros(point.at)) / 1e6, point.value);
        return plot;
    }
}

NodePane::NodePane(FleetViewModel &fleet, NodeSource &source, DraftStore &drafts, QWidget *parent)
    : QWidget(parent),
      m_fleet(fleet),
      m_drafts(drafts),
      m_source(source),
      m_tabs(new QTabBar),
      m_parts(new QStackedWidget),
      m_history(new Timeline(u"nodePaneHistory"_s)),
      m_raw(new TextViewer(u"nodePaneRaw"_s, tr("Everything known about this node, as JSON"))),
      m_name(new TextLabel(TextRole::PaneTitle)),
      m_id(new TextLabel(TextRole::Code, Token::Text2)),
      m_state(new Chip),
      m_lost(new TextLabel(TextRole::Small, Token::Text2)),
      m_facts(new FactList),
      m_tags(new TagRow),
      m_cpu(new Sparkline),
      m_memory(new Sparkline),
      m_noMetrics(new TextLabel(TextRole::Small, Token::Text3))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"nodePane"_s);
    m_name->setObjectName(u"nodePaneName"_s);
    m_name->setElided(Qt::ElideRight);
    auto *open = makeIconButton(u"nodePaneOpen"_s, Icon::FullPage, tr("Open the full page (Enter)"), this);
    auto *close = makeIconButton(u"nodePaneClose"_s, Icon::Close, tr("Close details"), this);
    auto *copy = makeIconButton(u"nodePaneCopyId"_s, Icon::Copy, tr("Copy the node ID"), this);
    copy->setIconSize(QSize(Metrics::kSmallIcon, Metrics::kSmallIcon));
    auto *run = makeButton(u"nodePaneRun"_s, tr("Run"), Icon::RunCommand, ButtonKind::Normal, this);
    markChange(run, "ssm:SendCommand");
    auto *session = makeButton(u"nodePaneSession"_s, tr("Connect"), Icon::Sessions, ButtonKind::Normal, this);
    session->setToolTip(tr("Start a session on this node"));
    markChange(session, "ssm:StartSession");
    auto *more = makeIconButton(u"nodePaneMore"_s, Icon::More, tr("More actions"), this);
    more->setProperty("fbOutlined", true);

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(m.step(4.5), m.step(4), m.step(4.5), 0);
    column->setSpacing(m.step(2));
    auto *head = new QHBoxLayout;
    head->addWidget(m_name, 1);
    head->addWidget(open);
    head->addWidget(close);
    auto *idLine = new QHBoxLayout;
    idLine->setSpacing(m.step(1));
    m_id->setTextInteractionFlags(Qt::TextSelectableByMouse);
    idLine->addWidget(m_id);
    idLine->addWidget(copy);
    idLine->addStretch(1);
    auto *chips = new QHBoxLayout;
    chips->setSpacing(m.step(2));
    chips->addWidget(m_state);
    chips->addWidget(m_lost);
    chips->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(m.step(1.5));
    buttons->addWidget(run);
    buttons->addWidget(session);
    buttons->addWidget(more);
    buttons->addStretch(1);
    column->addLayout(head);
    column->addLayout(idLine);
    column->addLayout(chips);
    column->addSpacing(m.step(0.5));
    column->addLayout(buttons);
    column->addSpacing(m.step(1));
    m_tabs->setObjectName(u"nodePaneTabs"_s);
    m_tabs->setAccessibleName(tr("Parts of the details"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (const QString &title : {tr("Summary"), tr("Tags"), tr("History"), tr("Raw")})
        m_tabs->addTab(title);
    auto *headBox = content;
    content = new QWidget;
    column = new QVBoxLayout(content);
    column->setContentsMargins(m.step(4.5), m.step(4), m.step(4.5), m.step(5));
    column->setSpacing(m.step(2));
    column->addWidget(m_facts);
    column->addSpacing(m.step(1));
    column->addWidget(m_tags);
    column->addSpacing(m.step(1));
    column->addWidget(new Divider(Qt::Horizontal));
    column->addSpacing(m.step(1.5));
    column->addWidget(m_cpu);
    column->addSpacing(m.step(2));
    column->addWidget(m_memory);
    column->addWidget(m_noMetrics);
    m_noMetrics->setText(tr("No measurements yet. The first value arrives in about a minute."));
    m_noMetrics->setWordWrap(true);
    column->addStretch(1);
    auto *scroll = new ScrollBox(tr("Details"), this);
    scroll->setContent(content);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(1, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(headBox);
    auto *tabLine = new QHBoxLayout;
    tabLine->setContentsMargins(m.step(2), 0, 0, 0);
    tabLine->addWidget(m_tabs);
    tabLine->addStretch(1);
    all->addLayout(tabLine);
    all->addWidget(new Divider(Qt::Horizontal));
    auto *tagsBox = new QWidget;
    m_tagsPlace = new QVBoxLayout(tagsBox);
    m_tagsPlace->setContentsMargins(0, 0, 0, 0);
    m_history->setAccessibleName(tr("What happened to this node"));
    for (QWidget *part : std::initializer_list<QWidget *> {scroll, tagsBox, m_history, m_raw})
        m_parts->addWidget(part);
    all->addWidget(m_parts, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_parts, &QStackedWidget::setCurrentIndex);
    connect(m_tabs, &QTabBar::currentChanged, this, &NodePane::lookAtTab);
    setMinimumWidth(m.detailWidth());

    connect(open, &QToolButton::clicked, this, [this] { emit openClicked(m_id->text()); });
    connect(close, &QToolButton::clicked, this, &NodePane::closeClicked);
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_id->text()); });
    connect(run, &QPushButton::clicked, this, [this] { emit runClicked(m_id->text()); });
    connect(session, &QPushButton::clicked, this, [this] { emit sessionClicked(m_id->text()); });
    auto *menu = new QMenu(this);
    QAction *tags = menu->addAction(tr("Change tags..."));
    connect(tags, &QAction::triggered, this, [this] { emit tagsClicked(m_id->text()); });
    QAction *rename = menu->addAction(tr("Rename..."));
    connect(rename, &QAction::triggered, this, [this] { emit renameClicked(m_id->text()); });
    menu->addSeparator();
    QAction *deregister = menu->addAction(tr("Deregister this node..."));
    deregister->setObjectName(u"nodeDeregister"_s);
    connect(deregister, &QAction::triggered, this, [this] { emit deregisterClicked(m_id->text()); });
    connect(more, &QToolButton::clicked, this,
            [menu, more] { menu->popup(more->mapToGlobal(QPoint(0, more->height() + 2))); });
    connect(&m_fleet, &FleetViewModel::detailChanged, this, &NodePane::update);
    connect(&m_fleet.nodes(), &QAbstractItemModel::dataChanged, this, &NodePane::update);
    update();
}

void NodePane::update()
{
    const std::optional<NodeDetail> &known = m_fleet.detail();
    if (!known)
        return;
    NodeDetail detail = *known;
    if (const NodeRow *row = m_fleet.nodes().node(detail.node.id))
        detail.node = *row; // the table is the newer one for what both know
    watch(detail.node.id);
    m_tagsTab->setTags(detail.node.tagPairs);
    const Instant now = m_fleet.now();
    m_name->setText(detail.node.name);
    m_id->setText(detail.node.id);
    m_state->setState(PingWords::kind(detail.node.ping), PingWords::word(detail.node.ping));
    m_lost->setText(detail.node.ping == PingState::ConnectionLost
                        ? tr("last seen %1").arg(RelativeTime::ago(detail.node.lastPing, now))
                        : QString());
    QList<QPair<QString, QString>> facts;
    const QList<NodeFact> all = NodeFacts::of(detail, now);
    for (const NodeFact &fact : all)
        facts.append({fact.label, fact.value});
    m_facts->setFacts(facts);
    m_tags->setTags(detail.node.tags);
    const auto percent = [](const QList<ChartPoint> &points, const std::optional<double> &latest) {
        if (latest)
            return percentText(*latest * 100);
        return points.isEmpty() ? QString() : percentText(points.last().value * 100);
    };
    const double last = static_cast<double>(toMicros(now)) / 1e6;
    m_cpu->setTitle(tr("CPU, last 3 h"), percent(detail.cpu, detail.node.cpu));
    m_cpu->setPoints(plotted(detail.cpu), kGapSeconds, last - kSpanSeconds, last);
    m_memory->setTitle(tr("Memory, last 3 h"), percent(detail.memory, detail.node.memory));
    m_memory->setPoints(plotted(detail.memory), kGapSeconds, last - kSpanSeconds, last);
    const bool measured
        = !detail.cpu.isEmpty() || !detail.memory.isEmpty() || detail.node.cpu || detail.node.memory;
    m_cpu->setVisible(measured);
    m_memory->setVisible(measured);
    m_noMetrics->setVisible(!measured);
}

void NodePane::watch(const QString &nodeId)
{
    if (m_node && m_node->nodeId() == nodeId)
        return;
    m_history->setEntries({});
    m_raw->setText({});
    delete m_tagsTab;
    m_tagsTab = new NodeTagsTab(m_fleet, m_drafts, nodeId);
    m_tagsPlace->addWidget(m_tagsTab);
    m_node = std::make_unique<NodeViewModel>(m_source, nodeId);
    connect(m_node.get(), &NodeViewModel::historyChanged, this,
            [this] { m_history->setEntries(timelineOf(*m_node->history())); });
    connect(m_node.get(), &NodeViewModel::detailChanged, this,
            [this] { m_raw->setText(m_node->detail()->raw); });
    lookAtTab();
}

void NodePane::lookAtTab()
{
    if (!m_node)
        return;
    const int tab = m_tabs->currentIndex();
    m_node->lookAt(tab == 2       ? QSet<NodePart> {NodePart::History}
                       : tab == 3 ? QSet<NodePart> {NodePart::Detail}
                                  : QSet<NodePart>());
}

void NodePane::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Base));
    painter.fillRect(QRect(0, 0, 1, height()), theme.color(Token::Border));
}

}
