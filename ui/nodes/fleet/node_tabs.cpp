#include "ui/nodes/fleet/node_tabs.h"

#include "models/drafts/draft_store.h"
#include "models/nodes/fleet/node_words.h"
#include "models/nodes/fleet/overlaid_charts.h"
#include "models/table/visible_text.h"
#include "ui/charts/line_chart.h"
#include "ui/charts/range_field.h"
#include "ui/nodes/fleet/tag_editor.h"
#include "ui/nodes/tools/compare_bar.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/scroll_box.h"
#include "ui/widgets/state_look.h"
#include "ui/widgets/text_label.h"

#include <QGridLayout>
#include <QJsonArray>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    QWidget *scrolling(const QString &name, QWidget *content)
    {
        auto *scroll = new ScrollBox(name);
        scroll->setContent(content);
        return scroll;
    }
}

QList<TimelineEntry> timelineOf(const QList<NodeHappening> &happenings)
{
    QList<TimelineEntry> entries;
    for (const NodeHappening &happening : happenings) {
        const StateLook look = lookOf(NodeWords::kind(happening));
        const bool isNew = happening.kind == NodeHappening::Kind::State && happening.what == u"Registered";
        entries.append({.at = happening.at,
                        .icon = isNew                 ? Icon::Add
                            : look.icon == Icon::None ? Icon::Edit
                                                      : look.icon,
                        .tone = isNew ? Tone::Neutral : look.tone,
                        .text = NodeWords::text(happening),
                        .detail = NodeWords::detail(happening),
                        .address = {}});
    }
    return entries;
}

NodeMetricsTab::NodeMetricsTab(NodeViewModel &node, ComparedNodes &nodes, QWidget *parent)
    : QWidget(parent),
      m_node(node),
      m_nodes(nodes),
      m_bar(new CompareBar(nodes)),
      m_range(new RangeField(u"nodeRange"_s, [&node] { return node.now(); })),
      m_step(new TextLabel(TextRole::Body, Token::Text2)),
      m_one(makeCharts(u"nodeChart-"_s, NodeWords::charts({}))),
      m_many(makeCharts(u"overlayChart-"_s, OverlaidCharts::of({})))
{
    const Metrics &m = themeOf(this).metrics();
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    tools->setSpacing(m.step(3));
    tools->addWidget(m_range);
    tools->addWidget(m_step);
    tools->addStretch(1);
    tools->addWidget(m_bar->makeChoice(u"metricsCompare"_s));
    auto *bar = new QVBoxLayout;
    bar->setContentsMargins(m.pageMargin(), 0, m.pageMargin(), 0);
    bar->addWidget(m_bar);
    m_bar->setContentsMargins(0, 0, 0, m.step(3));
    auto *content = new QWidget;
    auto *charts = new QVBoxLayout(content);
    charts->setContentsMargins(m.pageMargin(), 0, m.pageMargin(), m.step(5));
    charts->addWidget(m_one);
    charts->addWidget(m_many);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addLayout(bar);
    column->addWidget(scrolling(tr("Metrics"), content), 1);
    connect(m_range, &RangeField::rangeChanged, this, &NodeMetricsTab::take);
    connect(&m_node, &NodeViewModel::metricsChanged, this, &NodeMetricsTab::update);
    connect(&m_node, &NodeViewModel::detailChanged, this, &NodeMetricsTab::update); // how new the node is
    connect(&m_nodes, &ComparedNodes::changed, this, &NodeMetricsTab::compare);
    compare();
}

QWidget *NodeMetricsTab::makeCharts(const QString &prefix, const QList<NodeChart> &charts)
{
    const Metrics &m = themeOf(this).metrics();
    auto *box = new QWidget;
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(m.cardGap());
    for (int i = 0; i < charts.size(); ++i) {
        auto *chart = new LineChart(prefix + charts[i].name, charts[i].title, charts[i].unit);
        chart->setMinimumHeight(m.lines(13));
        connect(chart, &LineChart::rangeChosen, this, [this](Instant from, Instant to) {
            if (m_node.range().isLive())
                m_before = m_node.range();
            take({.last = Microseconds(0), .from = from, .to = to});
        });
        connect(chart, &LineChart::rangeReset, this, [this] { take(m_before); });
        grid->addWidget(chart, i / 2, i % 2);
        m_charts.insert(chart->objectName(), chart);
    }
    return box;
}

void NodeMetricsTab::compare()
{
    const bool isOne = m_nodes.others().isEmpty();
    m_one->setVisible(isOne);
    m_many->setVisible(!isOne);
    m_node.setCompared(m_nodes.others());
    update(); // names may be new where the nodes are not
}

void NodeMetricsTab::setRange(const TimeRange &range)
{
    if (range == m_node.range())
        return;
    m_range->setRange(range);
    m_node.setRange(range);
}

void NodeMetricsTab::take(const TimeRange &range)
{
    if (range.isLive())
        m_before = range;
    m_range->setRange(range);
    m_node.setRange(range);
    emit rangeChanged();
}

void NodeMetricsTab::update()
{
    if (!m_node.metrics())
        return;
    const NodeMetrics &metrics = *m_node.metrics();
    m_step->setText(
        tr("one point in %1 min").arg(std::chrono::ceil<std::chrono::minutes>(metrics.step).count()));
    if (!m_nodes.others().isEmpty())
        return updateOverlay();
    const bool isFresh
        = m_node.detail() && m_node.now() - m_node.detail()->node.registered < std::chrono::minutes(3);
    const QList<NodeChart> charts = NodeWords::charts(metrics);
    for (const NodeChart &values : charts) {
        LineChart *chart = m_charts.value(u"nodeChart-"_s + values.name);
        chart->setGap(metrics.step * 5 / 2);
        chart->setWaiting(isFresh ? tr("The first value arrives in about a minute.")
                                  : tr("Nothing was measured in this period."));
        chart->setAnswer(values.answer);
        chart->setSeries(values.series);
        chart->setRange(metrics.from, metrics.to);
    }
}

void NodeMetricsTab::updateOverlay()
{
    const NodeMetrics &own = *m_node.metrics();
    const QStringList names = m_nodes.names();
    Microseconds step = own.step;
    QList<QPair<QString, NodeMetrics>> nodes {{names.value(0), own}};
    QHash<QString, QString> notes;
    for (const QString &id : m_nodes.others()) {
        const auto metrics = m_node.comparedMetrics().constFind(id);
        const bool isKnown = metrics != m_node.comparedMetrics().constEnd();
        nodes.append({names.value(nodes.size()), isKnown ? *metrics : NodeMetrics()});
        if (m_node.comparedProblems().contains(id))
            notes.insert(id, visibleText(m_node.comparedProblems().value(id).message, 60));
        else if (!isKnown)
            notes.insert(id, tr("reading..."));
        else
            step = std::max(step, metrics->step);
    }
    m_bar->setNotes(notes);
    const QList<NodeChart> charts = OverlaidCharts::of(nodes);
    for (const NodeChart &values : charts) {
        LineChart *chart = m_charts.value(u"overlayChart-"_s + values.name);
        chart->setGap(step * 5 / 2);
        chart->setWaiting(tr("Nothing was measured in this period."));
        chart->setAnswer(values.answer);
        chart->setSeries(values.series);
        chart->setRange(own.from, own.to);
    }
}

NodeTagsTab::NodeTagsTab(FleetViewModel &fleet, DraftStore &drafts, const QString &nodeId, QWidget *parent)
    : QWidget(parent),
      m_fleet(fleet),
      m_drafts(drafts),
      m_nodeId(nodeId),
      m_editor(new TagEditor),
      m_count(new TextLabel(TextRole::Body, Token::Text2)),
      m_save(makeButton(u"tagsSave"_s, tr("Save tags"), Icon::Check)),
      m_discard(makeButton(u"tagsDiscard"_s, tr("Discard changes"), Icon::None, ButtonKind::Plain))
{
    markChange(m_save, "ssm:AddTagsToResource");
    const Metrics &m = themeOf(this).metrics();
    auto *words
        = new TextLabel(tr("Tags select nodes as targets and in filters. The engine never changes them."),
                        TextRole::Body, Token::Text2);
    words->setWordWrap(true);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(m.toolGap());
    buttons->addWidget(m_save);
    buttons->addWidget(m_discard);
    buttons->addStretch(1);
    auto *content = new QWidget;
    content->setMaximumWidth(m.lines(42));
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(m.pageMargin(), m.step(4), m.pageMargin(), m.step(5));
    column->setSpacing(m.step(3));
    column->addWidget(words);
    column->addWidget(m_count);
    column->addWidget(m_editor);
    column->addLayout(buttons);
    column->addStretch(1);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scrolling(tr("Tags"), content));
    connect(m_editor, &TagEditor::edited, this, &NodeTagsTab::updateButtons);
    connect(m_editor, &TagEditor::edited, this, &NodeTagsTab::keepDraft);
    connect(m_save, &QPushButton::clicked, this, &NodeTagsTab::save);
    connect(m_discard, &QPushButton::clicked, this, [this] {
        m_editor->setTags(m_stored);
        m_drafts.remove(draftKey());
        updateButtons();
    });
    updateButtons();
}

QString NodeTagsTab::draftKey() const { return u"node-tags-"_s + m_nodeId; }

void NodeTagsTab::keepDraft()
{
    const QList<NodeTag> typed = m_editor->tags();
    if (typed == m_stored)
        return m_drafts.remove(draftKey());
    QJsonArray tags;
    for (const NodeTag &tag : typed)
        tags.append(QJsonArray {tag.key, tag.value});
    m_drafts.save(draftKey(), {{u"tags"_s, tags}});
}

bool NodeTagsTab::takeDraft()
{
    const auto draft = m_drafts.load(draftKey());
    if (!draft)
        return false;
    QList<NodeTag> tags;
    const QJsonArray kept = draft->values.value(u"tags"_s).toArray();
    for (const QJsonValue &each : kept)
        tags.append({each.toArray().at(0).toString(), each.toArray().at(1).toString()});
    m_editor->setTags(tags);
    return true;
}

void NodeTagsTab::setEditable(bool editable) { setEnabled(editable); }

void NodeTagsTab::setTags(const QList<NodeTag> &tags)
{
    const bool isTyped = m_isLoaded && m_editor->tags() != m_stored;
    if (m_isLoaded && tags == m_stored)
        return;
    const bool isFirst = !std::exchange(m_isLoaded, true);
    m_stored = tags;
    if (!(isFirst && takeDraft()) && !isTyped)
        m_editor->setTags(tags);
    updateButtons();
}

void NodeTagsTab::updateButtons()
{
    const bool isChanged = m_editor->tags() != m_stored;
    m_save->setEnabled(isChanged);
    m_discard->setEnabled(isChanged);
    m_count->setText(m_stored.isEmpty() ? tr("This node has no tags yet.")
                                        : tr("%n of 50 tag(s)", nullptr, static_cast<int>(m_stored.size())));
}

void NodeTagsTab::save()
{
    if (!m_editor->showProblems())
        return;
    const NodeTagChange change = tagChange(m_nodeId, m_stored, m_editor->tags());
    m_stored = m_editor->tags(); // what the engine will tell; a refusal brings the old ones back
    m_drafts.remove(draftKey());
    updateButtons();
    m_fleet.changeTags({change});
}

}
